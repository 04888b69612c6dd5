/** The transports and their interface, for the entries that publish them. */
export {
  TransportError,
  type CloseReason,
  type Destination,
  type OpenOptions,
  type Transport,
  type TransportErrorCode,
  type TransportSink,
} from './transport.js';
export {
  WebSocketTransport,
  type WebSocketConstructor,
  type WebSocketFrames,
  type WebSocketLike,
  type WebSocketTransportOptions,
} from './web-socket.js';
