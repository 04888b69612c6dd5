/**
 * A device that was lost is waited for: one of the same kind that comes from then on, not another that was there all the time.
 * It knows nothing of USB or serial ports. Browsers make another object of a device that is plugged in again.
 */
import type { DeviceLink } from './device-transport.js';

/** Where devices come and go, as `navigator.hid` and `navigator.serial`. */
export interface DeviceSource {
  addEventListener(type: 'connect' | 'disconnect', listener: (event: never) => void): void;
  removeEventListener(type: 'connect' | 'disconnect', listener: (event: never) => void): void;
}

export interface AwaitedReturnOptions<Device, DeviceEvent> {
  /** The device that an event is about. */
  readonly deviceOf: (event: DeviceEvent) => Device;
  /** Whether a device may be the one that was lost. */
  readonly isLike: (device: Device) => boolean;
  /** Whether nobody has it open. */
  readonly isFree: (device: Device) => boolean;
}

export class AwaitedReturn<Device, DeviceEvent> {
  private readonly source: DeviceSource;
  private readonly options: AwaitedReturnOptions<Device, DeviceEvent>;
  private readonly returned = new Set<Device>();
  /** Called when one comes. */
  private wake: () => void = () => undefined;

  /** From the moment of the loss, also while nobody waits. */
  constructor(source: DeviceSource, options: AwaitedReturnOptions<Device, DeviceEvent>) {
    this.source = source;
    this.options = options;
    source.addEventListener('connect', this.onConnect);
    source.addEventListener('disconnect', this.onDisconnect);
  }

  stop(): void {
    this.source.removeEventListener('connect', this.onConnect);
    this.source.removeEventListener('disconnect', this.onDisconnect);
  }

  /** The first device that has come back; rejects with the reason of the link's signal. */
  async next({ signal, waiting }: DeviceLink): Promise<Device> {
    const present = this.free();
    if (present !== undefined) return present;
    waiting?.(true);
    try {
      return await new Promise((resolve, reject) => {
        const giveUp = (): void => {
          this.wake = () => undefined;
          reject(signal?.reason as Error);
        };
        signal?.addEventListener('abort', giveUp, { once: true });
        this.wake = () => {
          const device = this.free();
          if (device === undefined) return;
          signal?.removeEventListener('abort', giveUp);
          resolve(device);
        };
      });
    } finally {
      waiting?.(false);
    }
  }

  private free(): Device | undefined {
    return [...this.returned].find((device) => this.options.isFree(device));
  }

  private readonly onConnect = (event: DeviceEvent): void => {
    const device = this.options.deviceOf(event);
    if (!this.options.isLike(device)) return;
    this.returned.add(device);
    this.wake();
  };

  private readonly onDisconnect = (event: DeviceEvent): void => {
    this.returned.delete(this.options.deviceOf(event));
  };
}
