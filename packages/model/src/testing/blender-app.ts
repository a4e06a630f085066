/** The seed's Blender App, its command line word for word, and a job for it (seed, "Blender渲染App最佳实践"). */
const BLENDER_COMMAND_LINE =
  "python -c \"import os;import sys;sys.path.append('/home/scripts/'); from framer import parseFrames; " +
  "frames=parseFrames('${frames}'); framestr=' '.join(map(lambda x:str(x), frames)); " +
  "s='blender -b /home/input/${scene_file_path} -o /home/output/result/${output_name_format} -F ${format} -f %s' % framestr; " +
  "print('exec: %s' % s); os.system(s);\"";

export const BLENDER_APP = {
  Name: 'ubuntu-blender',
  CommandLine: BLENDER_COMMAND_LINE,
  Docker: { Image: 'registry.cn-shenzhen.aliyuncs.com/batchcompute_test/blender:1.0' },
  InputParameters: {
    scripts_oss_folder: {
      Default: 'oss://blender-demo/scripts/',
      Overwritable: false,
      LocalPath: '/home/scripts/',
    },
    input_oss_folder: { LocalPath: '/home/input/' },
    scene_file_path: {},
    frames: {},
    format: { Default: 'PNG' },
    output_name_format: { Default: '####.png' },
  },
  OutputParameters: { output_oss_folder: { LocalPath: '/home/output/' } },
  Config: { InstanceType: { Default: 'ecs.sn1ne.2xlarge' }, Timeout: { Default: 86_400 } },
};

export const BLENDER_JOB = {
  Name: 'blender-1-4',
  Type: 'App',
  App: {
    AppName: 'ubuntu-blender',
    Inputs: {
      input_oss_folder: 'oss://blender-demo/input/',
      scene_file_path: 'splash279/splash279.blend',
      frames: '1-4',
    },
    Outputs: { output_oss_folder: 'oss://blender-demo/output/' },
    Logging: { StdoutPath: 'oss://blender-demo/log/', StderrPath: 'oss://blender-demo/log/' },
    Config: { InstanceCount: 2 },
  },
};
