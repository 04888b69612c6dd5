/** The part of the package des.js that is used; it has no types of its own. */
declare module 'des.js' {
  interface Cipher {
    /** Takes the last bytes and gives what is left; ready for the next message then. */
    final(bytes: Uint8Array): number[];
  }
  interface CipherOptions {
    readonly type: 'encrypt' | 'decrypt';
    readonly key: Uint8Array;
    readonly padding?: boolean;
  }
  const library: {
    readonly DES: { create(options: CipherOptions): Cipher };
    readonly EDE: { create(options: CipherOptions): Cipher };
  };
  export = library;
}
