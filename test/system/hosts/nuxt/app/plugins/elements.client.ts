/** The tags are defined before the app is taken over in the browser; the server does without them. */
import 'magtek-elements';

export default defineNuxtPlugin(() => undefined);
