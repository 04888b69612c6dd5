/** The part of the package dukpt that tests use; it has no types of its own. */
declare module 'dukpt' {
  interface Options {
    readonly inputEncoding?: 'ascii' | 'hex';
    readonly outputEncoding?: 'ascii' | 'hex';
    readonly encryptionMode?: '3DES' | 'AES';
    readonly decryptionMode?: '3DES' | 'AES';
  }
  /** One key serial number of a base derivation key, both in hexadecimal. */
  class Dukpt {
    constructor(bdk: string, ksn: string, keyMode?: 'datakey' | 'pinkey' | 'mackey');
    dukptEncrypt(clear: string, options?: Options): string;
    dukptDecrypt(encrypted: string, options?: Options): string;
  }
  export = Dukpt;
}
