export const THUMBNAILS_USAGE = `  --thumbnails[=yes]     make a small JPEG of each finished frame below .rebatch/ of the output, by ffmpeg; =no (default)`;
