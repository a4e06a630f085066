/** Registry of the names that images from the object store have in the engine. Nobody can ask for one by it. */
export const OSS_REGISTRY = 'rebatch.oss';
