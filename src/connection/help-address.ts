/**
 * The address of the documentation of this version. The page comes with the package, and this server shows pages of packages as
 * such; others show their source.
 */
import { VERSION } from '../version.js';

/** Address of the page that lists every error, with an anchor for each code. */
export const ERRORS_PAGE = `https://unpkg.com/magtek-elements@${VERSION}/docs/errors.html`;
