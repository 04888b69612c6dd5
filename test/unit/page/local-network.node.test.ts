import { describe, expect, test } from 'vitest';
import { permissionFor } from '../../../src/page/local-network.js';

const needed = (page: string, url: string, isLoopback = false): string | undefined =>
  permissionFor({ protocol: 'https:', hostname: page }, { url, isLoopback });

describe('the permission that a destination needs', () => {
  test.each([
    ['shop.example', 'wss://192.168.1.7/', 'local-network'],
    ['shop.example', 'wss://10.0.0.1/', 'local-network'],
    ['shop.example', 'wss://172.31.0.1/', 'local-network'],
    ['shop.example', 'wss://169.254.1.1/', 'local-network'],
    ['shop.example', 'wss://100.64.0.1/', 'local-network'],
    ['shop.example', 'wss://[fd00::1]/', 'local-network'],
    ['shop.example', 'wss://[fe80::1]/', 'local-network'],
    ['shop.example', 'wss://reader.local/', 'local-network'],
    // A name may belong to either side.
    ['shop.example', 'wss://reader.example/', 'local-network'],
    ['shop.example', 'wss://8.8.8.8/', undefined],
    ['shop.example', 'wss://172.32.0.1/', undefined],
    ['shop.example', 'wss://100.128.0.1/', undefined],
    ['shop.example', 'wss://[2001:db8::1]/', undefined],
    // The same machine serves the page.
    ['shop.example', 'wss://shop.example/reader', undefined],
    ['192.168.1.2', 'wss://192.168.1.7/', undefined],
    ['till.local', 'wss://reader.example/', undefined],
    ['localhost', 'wss://192.168.1.7/', undefined],
    ['127.0.0.1', 'wss://reader.example/', undefined],
    ['till.lan', 'wss://192.168.1.7/', undefined],
    ['till', 'wss://192.168.1.7/', undefined],
  ])('from %s to %s: %s', (page, url, name) => {
    expect(needed(page, url)).toBe(name);
  });

  test('is none where the page was not loaded over https', () => {
    const page = { protocol: 'http:', hostname: 'shop.example' };
    expect(permissionFor(page, { url: 'wss://192.168.1.7/', isLoopback: false })).toBeUndefined();
  });

  test('is another one for this computer', () => {
    expect(needed('shop.example', 'ws://127.0.0.1:8080/', true)).toBe('loopback-network');
    expect(needed('192.168.1.2', 'ws://localhost:8080/', true)).toBeUndefined();
    expect(needed('localhost', 'ws://127.0.0.1:8080/', true)).toBeUndefined();
  });
});
