/** Where the documentation of this version is published. Its pages come with the package. */
import { VERSION } from '../version.js';

/** Address of the page that lists every error, with an anchor for each code. */
export const ERRORS_PAGE = `https://cdn.jsdelivr.net/npm/magtek-elements@${VERSION}/docs/errors.md`;
