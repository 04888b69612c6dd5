/** The tags in JSX of React 19: `import type {} from 'magtek-elements/types/react';` once in an app is enough. */
import type { HTMLAttributes, RefAttributes } from 'react';
import type { MagtekElements } from './elements.js';

/** React hands a property to the element where it has one of that name, and sets an attribute otherwise. */
type Props<Tag extends keyof MagtekElements> = Partial<
  MagtekElements[Tag]['attributes'] & MagtekElements[Tag]['properties'] & Handlers<MagtekElements[Tag]['events']>
> &
  Omit<
    HTMLAttributes<MagtekElements[Tag]['element']>,
    keyof MagtekElements[Tag]['attributes'] | keyof MagtekElements[Tag]['properties']
  > &
  RefAttributes<MagtekElements[Tag]['element']>;

/** The name after `on` is that of the event, exactly. */
type Handlers<Events> = {
  [Name in keyof Events & string as `on${Name}`]: (event: Events[Name]) => void;
};

type MagtekTags = { [Tag in keyof MagtekElements]: Props<Tag> };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends MagtekTags {}
  }
}
