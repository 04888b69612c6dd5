/** The words of the list of readers in Spanish. */
import type { FleetKey } from '../words.js';

export const fleet: Readonly<Record<FleetKey, string>> = {
  'fleet.title': 'Lectores del bróker',
  'fleet.search': 'Buscar lectores',
  'fleet.show': 'Mostrar',
  'fleet.all': 'Todos',
  'fleet.present': 'Conectados',
  'fleet.absent': 'No conectados',
  'fleet.unconfirmed': 'Sin confirmar',
  'fleet.unknown': 'Se desconoce',
  'fleet.serial': 'Número de serie',
  'fleet.model': 'Modelo',
  'fleet.group': 'Grupo',
  'fleet.presence': 'Estado',
  'fleet.count.one': '{count} lector, {present} conectados',
  'fleet.count.other': '{count} lectores, {present} conectados',
  'fleet.shown': 'mostrados: {count}',
  'fleet.connecting': 'Consultando al bróker…',
  'fleet.lost': 'El bróker no responde; lo que se muestra puede ser antiguo. Intentándolo de nuevo…',
  'fleet.no-broker': 'Sin bróker: falta su dirección (url).',
  'fleet.no-reader': 'El bróker aún no ha nombrado ningún lector.',
  'fleet.blind':
    'El bróker aún no ha nombrado ningún lector. Un bróker de este tipo (RabbitMQ) solo nombra los que recuerda por rutas completas: indique sus rutas en readers o espere un minuto a que se anuncien.',
  'fleet.remove': 'Quitar {serial} de la lista',
  'fleet.removed': '{serial} se ha quitado de la lista del bróker.',
  'fleet.not-removed': 'El bróker no deja que esta página quite {serial}.',
  'fleet.no-match': 'Ningún lector coincide.',
  'fleet.sale': 'Hay una venta en curso en {serial}. Elija otro lector cuando termine.',
  'fleet.chosen': 'Se ha elegido {serial}.',
  'fleet.try-again': 'Intentar de nuevo',
};
