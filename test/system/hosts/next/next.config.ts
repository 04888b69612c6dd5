/** Nothing is asked of others while it is built, and the lock files of the folders above are not its own. */
import type { NextConfig } from 'next';

const config: NextConfig = {
  reactStrictMode: true,
  turbopack: { root: import.meta.dirname },
  devIndicators: false,
};

export default config;
