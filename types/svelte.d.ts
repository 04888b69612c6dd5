/** The tags in templates of Svelte 5: `import type {} from 'magtek-elements/types/svelte';` once in an app is enough. */
import type { HTMLAttributes } from 'svelte/elements';
import type { MagtekElements } from './elements.js';

/** Svelte sets a property where the element has one of that name, and an attribute otherwise. */
type Props<Tag extends keyof MagtekElements> = Partial<
  MagtekElements[Tag]['attributes'] & MagtekElements[Tag]['properties'] & Handlers<MagtekElements[Tag]['events']>
> &
  Omit<
    HTMLAttributes<MagtekElements[Tag]['element']>,
    keyof MagtekElements[Tag]['attributes'] | keyof MagtekElements[Tag]['properties']
  >;

/** The name after `on` is that of the event, exactly. */
type Handlers<Events> = {
  [Name in keyof Events & string as `on${Name}`]: (event: Events[Name]) => void;
};

type MagtekTags = { [Tag in keyof MagtekElements]: Props<Tag> };

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends MagtekTags {}
}
