export { AS_THE_SCENE_SAYS, BLENDER_IMAGE, blenderApp } from './blender.ts';
export { APP_DEFINITIONS, type AppDefinition } from './definitions.ts';
export { MAX_IMAGE, maxApp } from './max.ts';
export { findApp, registerApp, type RegisterOptions, type Registration } from './register-app.ts';
