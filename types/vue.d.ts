/** The tags in templates of Vue 3: `import type {} from 'magtek-elements/types/vue';` once in an app is enough. */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { MagtekElements } from './elements.js';

/** What the template compiler needs to know of a tag. Properties are in camel case; attributes find them in kebab case. */
type Tag<Name extends keyof MagtekElements> = new () => MagtekElements[Name]['element'] & {
  /** @deprecated Only the template compiler uses it. */
  $props: Partial<MagtekElements[Name]['properties']> &
    Omit<HTMLAttributes, keyof MagtekElements[Name]['properties']> &
    PublicProps;
  /** @deprecated Only the template compiler uses it. */
  $emit: EmitFn<{
    [Event in keyof MagtekElements[Name]['events']]: (event: MagtekElements[Name]['events'][Event]) => void;
  }>;
};

type MagtekTags = { [Name in keyof MagtekElements]: Tag<Name> };

declare module 'vue' {
  interface GlobalComponents extends MagtekTags {}
}
