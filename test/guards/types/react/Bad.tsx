// What the types must refuse: a number as address, an attribute that there is not, a listener of another event.
import type {} from 'magtek-elements/types/react';

const moved = (event: MouseEvent): void => {
  console.log(event.clientX);
};

export const NumberAsAddress = () => <magtek-reader url={1} />;
export const NoSuchAttribute = () => <magtek-reader wrong="x" />;
export const OtherEvent = () => <magtek-reader onmagtek-card-data={moved} />;
