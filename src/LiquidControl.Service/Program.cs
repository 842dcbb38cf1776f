using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Neural;
using LiquidControl.Robotics;
using LiquidControl.Service;
using LiquidControl.Service.Daemon;
using LiquidControl.Service.Jitter;
using LiquidControl.Service.SelfTest;

const int BadInput = 2;

// The daemon's own command line is small: people use `liquidcontrol`, which starts this program.
try
{
    switch (args)
    {
        case ["jitter", .. string[] options]:
            JitterCommand.Run(options, Console.In, Console.Out);
            return 0;
        case ["run", .. string[] options]:
            return RunCommand.Run(options, Console.Out);
        case ["disable", .. string[] options]:
            return DisableCommand.Run(options, Console.Out);
        case ["selftest", .. string[] options]:
            return SelfTestCommand.Run(options, Console.Out);
        default:
            Console.Error.WriteLine(RunOptions.Usage + DisableCommand.Usage + SelfTestCommand.Usage + JitterOptions.Usage);
            return args is ["--help"] ? 0 : BadInput;
    }
}
catch (RobotConfigurationException e)
{
    foreach (var found in e.Errors) Console.Error.WriteLine("error: " + found);
    return BadInput;
}
catch (Exception e) when (e is ArgumentErrorException or HardwareException or UrdfException or ModelFormatException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine("error: " + e.Message);
    return BadInput;
}
