/** `sha384-…` of a file. */
export declare function integrityOf(folder: string, name: string): string;
/**
 * Rewrites the page on the disk.
 *
 * @returns CSP source of its import map, `sha256-…`.
 */
export declare function pinPage(folder: string, page: string): string;
