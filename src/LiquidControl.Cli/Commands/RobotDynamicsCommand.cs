using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Reports;
using LiquidControl.Robotics;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`robot dynamics`: the rigid-body dynamics of any URDF, frictionless, to hold against another engine.</summary>
internal static class RobotDynamicsCommand
{
    public static Command Create(Terminal terminal)
    {
        var urdf = new Option<string>("--urdf") { Description = "The robot description.", Required = true, HelpName = "file" };
        var states = new Option<string>("--states") { Description = "JSON: [{\"q\":[],\"qd\":[],\"tau\":[]}], rad, rad/s, N·m.", Required = true, HelpName = "file" };
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "dynamics", "Forward dynamics, inverse dynamics and mass matrix of joint states, without friction.",
            "liquidcontrol robot dynamics --urdf hardware/arms/ur5e/ur5e.urdf --states states.json --json")
        {
            urdf, states, json,
        };
        command.SetAction(result => Run(result.GetRequiredValue(urdf), result.GetRequiredValue(states), result.GetValue(json), terminal));
        return command;
    }

    private static int Run(string urdf, string statesPath, bool json, Terminal terminal)
    {
        var model = Urdf.Read(urdf);
        var states = StatesFile.Read(statesPath, model.JointCount);
        var workspace = new RigidBodyWorkspace(model);
        DynamicsReport[] reports = [.. states.Select(state => Compute(model, workspace, state))];
        if (json) terminal.WriteJson(reports, ReportJson.Default.DynamicsReportArray);
        else Print(model, reports, terminal);
        return ExitCode.Ok;
    }

    private static DynamicsReport Compute(RigidBodyModel model, RigidBodyWorkspace workspace, JointStates state)
    {
        int n = model.JointCount;
        double[] qdd = new double[n], inverse = new double[n], mass = new double[n * n];
        ArticulatedBody.ForwardDynamics(model, workspace, state.Position, state.Velocity, state.Torque, qdd);
        RecursiveNewtonEuler.InverseDynamics(model, workspace, state.Position, state.Velocity, qdd, inverse);
        CompositeRigidBody.MassMatrix(model, workspace, state.Position, mass);
        return new(qdd, inverse, [.. Enumerable.Range(0, n).Select(row => mass[(row * n)..((row + 1) * n)])]);
    }

    private static void Print(RigidBodyModel model, DynamicsReport[] reports, Terminal terminal)
    {
        for (int i = 0; i < reports.Length; i++)
        {
            var table = new Table().Title($"State {i}").AddColumns("joint", "qdd (rad/s²)", "inverse (N·m)", "mass matrix row (kg·m²)");
            for (int joint = 0; joint < model.JointCount; joint++)
            {
                table.AddRow(
                    Markup.Escape(model.Joints[joint].Name), Shown(reports[i].Qdd[joint]), Shown(reports[i].Inverse[joint]),
                    string.Join("  ", reports[i].Mass[joint].Select(Shown)));
            }

            terminal.Console.Write(table);
        }
    }

    private static string Shown(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
