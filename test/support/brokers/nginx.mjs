/** nginx in front of a WebSocket server of this computer, with the time limits that it has by default. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { findNginx } from '../../../tools/ensure-nginx.mjs';
import { temporaryFolder } from '../../../tools/leave-nothing.mjs';
import { freeLoopbackPorts, privateProcess, withOtherPorts } from './private-process.mjs';

/** Why there is none; undefined where there is one. @returns {string | undefined} */
export function whyNoNginx() {
  try {
    return findNginx() ? undefined : 'no nginx: node tools/ensure-nginx.mjs says what to do';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** @param {string} target address of the server behind @returns {Promise<{ url: string, close(): Promise<void> }>} */
export const startNginx = (target) =>
  withOtherPorts(async () => {
    const file = findNginx();
    if (!file) throw new Error(whyNoNginx());
    const [port] = await freeLoopbackPorts(1);
    const { folder, remove } = temporaryFolder('nginx');
    const { host, pathname } = new URL(target);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    );
    writeFileSync(
      path.join(folder, 'nginx.conf'),
      `daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
pid ${folder}/nginx.pid;
error_log stderr notice;
worker_processes 1;
events { worker_connections 64; }
http {
  access_log off;
  ${temporary.join(' ')}
  server {
    listen 127.0.0.1:${port};
    location ${pathname} {
      proxy_pass http://${host};
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection "upgrade";
    }
  }
}
`,
    );
    const server = privateProcess({
      name: 'nginx',
      file,
      args: ['-p', folder, '-c', path.join(folder, 'nginx.conf')],
      parting: 'SIGTERM',
      isReady: (line) => line.includes('start worker process '),
    });
    const close = async () => {
      await server.stop();
      remove();
    };
    try {
      await server.start();
    } catch (error) {
      await close();
      throw error;
    }
    return { url: `ws://127.0.0.1:${port}${pathname}`, close };
  });
