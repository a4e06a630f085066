// Takes the place of modules that are left out (load-dockerode.ts).
module.exports = {};
