/** The typed event classes, for the entries that publish them. */
export * from './reader-events.js';
export { MagtekAuthorizeEvent, type AuthorizeDetail } from './authorize.js';
export { MagtekInquireEvent, type InquireDetail } from './inquire.js';
export { MagtekFleetAlarmEvent, type FleetAlarmDetail } from './fleet-alarm.js';
export { MagtekFleetSelectEvent, type FleetSelectDetail } from './fleet-select.js';
export { MagtekUpdateCompleteEvent, type UpdateCompleteDetail } from './update-complete.js';
