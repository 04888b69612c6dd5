import type {} from 'magtek-elements/types/svelte';
