/** The till as a component of React: rendered on a server, and in a page. */
import { createElement as h } from 'react';

export const Till = ({ url }) =>
  h('magtek-reader', { 'auto-connect': '', url, 'journal-size': '200', suppressHydrationWarning: true }, [
    h('magtek-status', { key: 'status' }),
    h('magtek-transaction', { key: 'sale', amount: '4.60', currency: 'EUR' }),
    h('magtek-log', { key: 'log' }),
  ]);
