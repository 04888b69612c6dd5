import type {} from 'magtek-elements/types/vue';
