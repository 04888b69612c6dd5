/** The only build of mock-socket that loads in a browser has no types of its own. */
declare module 'mock-socket/dist/mock-socket.es.mjs' {
  export { Server, WebSocket } from 'mock-socket';
}
