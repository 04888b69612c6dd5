/** The USB products of the vendor, by vendor id 0801 and product id, as far as a published source names them [PJ]. */

/** Vendor id in hexadecimal. */
export const USB_VENDOR = '0801';

/** An id of a vendor or a product as it is written: four hexadecimal digits. */
export const hexId = (id: number): string => id.toString(16).padStart(4, '0');

const products: Readonly<Record<string, string>> = {
  '2020': 'DynaFlex',
  '2021': 'boot loader',
  '2022': 'boot loader',
  '2023': 'DynaProx',
  '2024': 'DynaFlex II Go',
};

/** The name of a product by its id, four hexadecimal digits; undefined where no source names it. */
export const usbProductName = (productId: string): string | undefined => products[productId.toUpperCase()];
