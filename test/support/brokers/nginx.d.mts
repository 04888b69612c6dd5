/** Types of `nginx.mjs`. */
export function whyNoNginx(): string | undefined;
export function startNginx(target: string): Promise<{ readonly url: string; close(): Promise<void> }>;
