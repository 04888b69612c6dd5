/** The only text of the loader, by language: when a part cannot be loaded, the words of the elements may be missing too. */
export const missingPart: Readonly<Record<string, string>> = {
  en: 'This part of the page could not be loaded. It is tried again; if the page was updated meanwhile, reload it.',
  de: 'Dieser Teil der Seite konnte nicht geladen werden. Es wird wieder versucht; wurde die Seite inzwischen erneuert, laden Sie sie neu.',
  es: 'No se pudo cargar esta parte de la página. Se vuelve a intentar; si la página se actualizó entretanto, recárguela.',
  fr: 'Cette partie de la page n’a pas pu être chargée. Un nouvel essai suit ; si la page a été mise à jour entre-temps, rechargez-la.',
};
