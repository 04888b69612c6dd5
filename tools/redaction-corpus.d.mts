export declare function randomFrom(seed: number): () => number;
export declare function logLines(count: number, seed: number): string[];
export declare function placement(at: number, random: () => number): { readonly number: string; readonly text: string };
export declare function isLeft(text: string, number: string): boolean;
/** Whether a line is one that these elements write themselves. */
export declare function isOwnText(line: string): boolean;
