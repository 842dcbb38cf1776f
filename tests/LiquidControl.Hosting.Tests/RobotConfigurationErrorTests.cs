using Xunit;

namespace LiquidControl.Hosting.Tests;

/// <summary>Every way to get a robot.toml wrong is reported at its line and column, with what was found, what was expected and a remedy.</summary>
public sealed class RobotConfigurationErrorTests
{
    /// <summary>What is replaced, by what, where the error points within the replacement, and what it must say.</summary>
    public static TheoryData<string, string, string, string, string, string> OneMistake => new()
    {
        // old, new, place of the error (a text of the new file), key, found, expected
        { "rate_hz = 500", "rate_hz = \"fast\"", "\"fast\"", "rate_hz", "\"fast\"", "a number from 50 to 2000" },
        { "rate_hz = 500", "rate_hz = 0", "0", "rate_hz", "0", "a number from 50 to 2000" },
        { "rate_hz = 500", "rate_hz = nan", "nan", "rate_hz", "nan", "a number from 50 to 2000" },
        { "rate_hz = 500", "rate_hz = inf", "inf", "rate_hz", "inf", "a number from 50 to 2000" },
        { "rate_hz = 500", "rate_hz = 1979-05-27", "1979-05-27", "rate_hz", "a date", "a number from 50 to 2000" },
        { "rate_hz = 500", "rate_hz = 500\nspeed = 3", "speed", "speed", "an unknown key", "one of name" },
        { "rate_hz = 500", "rat_hz = 500", "rat_hz", "rat_hz", "an unknown key", "one of name" },
        { "name = \"ar4-dc\"", "name = 4", "4", "name", "4", "the robot's name" },
        { "name = \"ar4-dc\"", "name = \" \"", "\" \"", "name", "\" \"", "the robot's name" },
        { "policy = \"policy.safetensors\"", "policy = \"a\\u0000b\"", "\"a\\u0000b\"", "policy", "\"a\\u0000b\"", "a path" },
        { "kind = \"dc-motors\"", "kind = \"dc-motor\"", "\"dc-motor\"", "drives.kind", "\"dc-motor\"", "one of dc-motors, ideal-torque" },
        { "kind = \"dc-motors\"", "kind = true", "true", "drives.kind", "true", "one of dc-motors, ideal-torque" },
        { "precision = \"float\"", "precision = \"int8\"", "\"int8\"", "precision", "\"int8\"", "one of float, int32, int16" },
        { "supply_v = 24.0", "supply_v = -24.0", "-24.0", "drives.supply_v", "-24.0", "above 0 and at most 100" },
        { "min_m = [-0.70, -0.70, 0.05]", "min_m = [-0.70, -0.70]", "[-0.70, -0.70]", "workspace.min_m", "an array of 2 items", "an array of 3 numbers" },
        { "min_m = [-0.70, -0.70, 0.05]", "min_m = [-0.70, \"x\", 0.05]", "\"x\"", "workspace.min_m[1]", "\"x\"", "a finite number" },
        { "max_m = [0.70, 0.70, 0.95]", "max_m = [0.70, -0.80, 0.95]", "-0.80", "workspace.max_m[1]", "-0.8", "more than min_m[1] (-0.7)" },
        { "pwm_address = 0x40", "pwm_address = 0x80", "0x80", "wiring.pwm_address", "0x80", "a whole number from 8 to 119" },
        { "pwm_address = 0x40", "pwm_address = 64.0", "64.0", "wiring.pwm_address", "64.0", "a whole number" },
        { "imu_address = 0x68", "imu_address = 0x41", "0x41\nimu_every", "wiring.imu_address", "I2C address 0x41 again", "of its own" },
        { "heartbeat_line = 25", "heartbeat_line = 24", "24\nemergency", "wiring.heartbeat_line", "GPIO line 24 again", "of its own" },
        { "supply_every_cycles = 10", "supply_every_cycles = 11", "11\nimu", "wiring.supply_every_cycles", "11", "a multiple of imu_every_cycles (5)" },
        { "direction_line = 6,", "direction_line = 26,", "26, direction", "joint[2].bridge.direction_line", "GPIO line 26 again", "of its own" },
        { "pwm_channel = 1,", "pwm_channel = 0,", "0, direction_line = 6", "joint[2].bridge.pwm_channel", "PWM channel 0 again", "of its own" },
        { "pwm_channel = 5,", "pwm_channel = 6,", "6, direction_line", "joint[6].bridge.pwm_channel", "6", "0 to 5" },
        { "chain_position = 3,", "chain_position = 2,", "2, counts_per_turn = 16384, zero_counts = 8192, direction = 1 }\nbridge = { pwm_channel = 3", "joint[4].encoder.chain_position", "chain position 2 again", "of its own" },
        { "chain_position = 3,", "chain_position = 6,", "6, counts", "joint[4].encoder.chain_position", "6", "a whole number from 0 to 5" },
        { "{ channel = 2,", "{ channel = 1,", "1, ampere_per_count = 0.0244, zero_counts = 512, direction = 1 }\n\n[[joint]]\nname = \"joint_4\"", "joint[3].current.channel", "current channel 1 again", "of its own" },
        { "efficiency = 0.8", "efficiency = 1.2", "1.2, torque_constant", "joint[1].motor.efficiency", "1.2", "above 0 and at most 1" },
        { "gear_ratio = 50", "gear_ratio = 1e200", "1e200", "joint[1].motor.gear_ratio", "1e200", "above 0 and at most 100000" },
        { "gear_ratio = 50", "gear_ratio = 0", "0, efficiency", "joint[1].motor.gear_ratio", "0", "above 0" },
        { "resistance_ohm = 0.45, ", "", "{ gear_ratio = 50, efficiency = 0.8, torque_constant_nm_a = 0.055, current", "joint[1].motor.resistance_ohm", "nothing", "above 0" },
        { "torque_nm = 22", "torque_nm = 23", "23", "joint[1].torque_nm", "23", "at most 22" },
        { "residual_bound_nm = 4", "residual_bound_nm = 40", "40\ncollision_nm", "joint[1].residual_bound_nm", "40", "at most torque_nm (22)" },
        { "stiction_ratio = 1.3", "stiction_ratio = 0.9", "0.9, stribeck", "joint[1].friction.stiction_ratio", "0.9", "from 1 to 10" },
        { "zero_counts = 8192", "zero_counts = 20000", "20000", "joint[1].encoder.zero_counts", "20000", "from 0 to 16383" },
        { "direction = 1 }", "direction = 0 }", "0 }", "joint[1].encoder.direction", "0", "1 or -1" },
        { "lower_deg = -170", "lower_deg = 171", "170\nvelocity", "joint[1].upper_deg", "170", "more than lower_deg (171)" },
        { "lower_deg = -42", "lower_deg = -60", "-60", "joint[2].lower_deg", "-60", "at least -42, the URDF's limit" },
        { "upper_deg = 90", "upper_deg = 95", "95\nvelocity", "joint[2].upper_deg", "95", "at most 90, the URDF's limit" },
        { "velocity_deg_s = 120", "velocity_deg_s = 0", "0\nacceleration", "joint[1].velocity_deg_s", "0", "above 0" },
        { "name = \"joint_3\"", "name = \"join_3\"", "\"join_3\"", "joint[3].name", "\"join_3\"", "a joint of the URDF: joint_1, joint_2" },
        { "home = [-50, -15,", "home = [-50, -45,", "-45, 30, -30, 25, -45]", "poses_deg.home[1]", "-45 for joint_2", "an angle from -42 to 90" },
        { "home = [-50, -15, 30,", "home = [-50, 30,", "[-50, 30, -30, 25, -45]", "poses_deg.home", "an array of 5 items", "an array of 6 numbers" },
        { "home = [-50", "start = [-50", "[poses_deg]", "poses_deg.home", "nothing", "an array of 6 numbers" },
        { "home = [-50", "home = [inf", "inf", "poses_deg.home[0]", "inf", "a finite number" },
        { "model_mass_scale = 1.2", "model_mass_scale = 0", "0\nmodel_friction", "simulation.model_mass_scale", "0", "from 0.1 to 10" },
        { "seed = 1", "seed = -1", "-1\n\n# What the joints", "simulation.seed", "-1", "a whole number from 0" },
        { "stiffness_nm_rad = [4000, 4000, 4000,", "stiffness_nm_rad = [4000, 4000, 0,", "0, 400, 400, 400]\ndamping", "simulation.unmodelled.stiffness_nm_rad[2]", "0", "above 0" },
        { "stiffness_nm_rad = [4000, 4000, 4000,", "stiffness_nm_rad = [4000, 4000,", "[4000, 4000, 400,", "simulation.unmodelled.stiffness_nm_rad", "an array of 5 items", "an array of 6 numbers" },
        { "damping_ratio = 0.01", "damping_ratio = -0.01", "-0.01", "simulation.unmodelled.damping_ratio", "-0.01", "from 0 to 10" },
        { "backlash_mrad = [0.5,", "backlash_mrad = [-0.5,", "-0.5,", "simulation.unmodelled.backlash_mrad[0]", "-0.5", "from 0 to 100" },
        { "ripple_part = 0.02", "ripple_part = 2", "2\nripple_per", "simulation.unmodelled.ripple_part", "2", "from 0 to 0.5" },
        { "ripple_part = 0.02", "ripple_part = 0.02\nripple = 3", "ripple = 3", "simulation.unmodelled.ripple", "an unknown key", "one of stiffness_nm_rad" },
        { "cable_hysteresis_nm = [0.1,", "cable_hysteresis_nm = [\"x\",", "\"x\"", "simulation.unmodelled.cable_hysteresis_nm[0]", "\"x\"", "at least 0" },
        { "rotor_inertia_kgm2 = 3.0e-5", "rotor_inertia_kgm2 = 0", "4000, 4000, 4000, 400", "simulation.unmodelled.stiffness_nm_rad[0]", "a spring on joint_1", "a drive with inertia" },
        { "[simulation]", "[simulatoin]", "[simulatoin]", "simulatoin", "an unknown key", "one of name" },
        { "# [controller] is left out: the defaults are for this arm.", "[controller]\ntracking_bandwidth_rad_s = -20", "-20", "controller.tracking_bandwidth_rad_s", "-20", "above 0 and at most 1000" },
        { "# [controller] is left out: the defaults are for this arm.", "[controller]\ntracking_bandwith_rad_s = 20", "tracking_bandwith", "controller.tracking_bandwith_rad_s", "an unknown key", "tracking_bandwidth_rad_s" },
        { "# [controller] is left out: the defaults are for this arm.", "[controller]\nencoder_silent_stop_ms = 5", "5\n\n[[joint]]", "controller.encoder_silent_stop_ms", "5 ms", "at least encoder_silent_hold_ms (20 ms)" },
        { "[[joint]]\nname = \"joint_1\"", "[joint]\nname = \"joint_1\"", "[[joint]]", "key", "it a second time", "every key and table once" },
        { "rate_hz = 500", "rate_hz = 500\nrate_hz = 400", "rate_hz = 400", "key", "it a second time", "every key and table once" },
        { "name = \"ar4-dc\"", "name = \"ar4-dc", "\nurdf", "syntax", "something that is not TOML", "key = value" },
        { "rate_hz = 500", "rate_hz =", "\n\n# Where the tool", "syntax", "something that is not TOML", "key = value" },
        { "rate_hz = 500", "rate_hz = 99999999999999999999", "9999999", "syntax", "something that is not TOML", "key = value" },
        { "urdf = \"../../../hardware/arms/ar4-dc/ar4-dc.urdf\"", "urdf = \"nowhere.urdf\"", "\"nowhere.urdf\"", "urdf", "no file at", "a URDF" },
    };

    [Theory]
    [MemberData(nameof(OneMistake))]
    public void One_mistake_gives_its_line_column_key_and_remedy(string old, string replacement, string place, string key, string found, string expected)
    {
        using var file = new RobotFile();
        var (line, column) = file.Replace(old, replacement);
        var from = (line, column);
        (line, column) = file.PlaceOf(place, Occurrences(file.Text, place, from));

        var error = file.Errors()[^1];
        if (key is not ("rat_hz" or "simulatoin" or "key") && !replacement.StartsWith("start", StringComparison.Ordinal)) Assert.Single(file.Errors());
        error = file.Errors().First(e => e.Key == key);

        Assert.Equal((file.Path, line, column), (error.File, error.Line, error.Column));
        Assert.Contains(found, error.Found, StringComparison.Ordinal);
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
        Assert.StartsWith($"{file.Path}:{line}:{column}: {key}: found ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_key_names_the_one_that_was_meant()
    {
        using var file = new RobotFile();
        file.Replace("velocity_deg_s = 120", "velocity_degs = 120", occurrence: 2);

        var errors = file.Errors();

        Assert.Equal(2, errors.Count);
        Assert.Contains(errors, error => error is { Key: "joint[3].velocity_deg_s", Found: "nothing" });
        Assert.Contains(errors, error => error.Key == "joint[3].velocity_degs" && error.Remedy == "Did you mean velocity_deg_s?");
    }

    [Fact]
    public void Several_mistakes_are_reported_at_once_in_the_order_of_the_file()
    {
        using var file = new RobotFile();
        file.Replace("torque_lag_ms = 3.0", "torque_lag_ms = -3.0");
        file.Replace("rate_hz = 500", "rate_hz = true");
        file.Replace("name = \"joint_6\"", "name = \"hand\"");

        var errors = file.Errors();

        Assert.Equal(["rate_hz", "drives.torque_lag_ms", "joint[6].name"], errors.Select(error => error.Key));
        var thrown = Assert.Throws<RobotConfigurationException>(() => file.Load());
        Assert.Equal(3, thrown.Message.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void Of_errors_without_end_the_first_two_hundred_are_reported()
    {
        using var file = new RobotFile();
        file.Text = string.Concat(Enumerable.Range(0, 1000).Select(i => $"k{i} = 1\n")) + file.Text;

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"k{i}"), file.Errors().Select(error => error.Key));
    }

    [Fact]
    public void More_joints_than_the_chips_have_channels_are_refused()
    {
        using var file = new RobotFile();
        file.Text += string.Concat(Enumerable.Repeat("\n[[joint]]\n", 100));

        Assert.Contains(file.Errors(), error => error is { Key: "joint", Found: "an array of 106 items", Expected: "at most 16 tables [[joint]]" });
        Assert.DoesNotContain(file.Errors(), error => error.Key.StartsWith("joint[17]", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_section_is_one_error_not_one_for_each_of_its_keys()
    {
        using var file = new RobotFile();
        int start = file.Text.IndexOf("[wiring]", StringComparison.Ordinal);
        int end = file.Text.IndexOf("# Joint angles", StringComparison.Ordinal);
        file.Text = file.Text[..start] + file.Text[end..];

        var error = file.OnlyError();

        Assert.Equal(("wiring", "nothing", 1, 1), (error.Key, error.Found, error.Line, error.Column));
    }

    [Fact]
    public void A_joint_too_few_is_named()
    {
        using var file = new RobotFile("ur5e");
        file.Text = file.Text[..file.Text.LastIndexOf("[[joint]]", StringComparison.Ordinal)];

        var errors = file.Errors();

        Assert.Contains(errors, error => error.Key == "joint" && error.Remedy.Contains("wrist_3_joint", StringComparison.Ordinal));
    }

    [Fact]
    public void Joints_out_of_order_are_refused()
    {
        using var file = new RobotFile("ur5e");
        file.Replace("\"wrist_1_joint\"", "\"x\"");
        file.Replace("\"wrist_2_joint\"", "\"wrist_1_joint\"");
        file.Replace("\"x\"", "\"wrist_2_joint\"");

        Assert.Equal(["joint[4].name", "joint[5].name"], file.Errors().Select(error => error.Key));
    }

    [Fact]
    public void A_fault_in_the_urdf_is_shown_with_the_urdfs_own_line()
    {
        using var file = new RobotFile();
        File.WriteAllText(file.UrdfPath, File.ReadAllText(file.UrdfPath).Replace("<mass value=\"0.57738\"/>", "<mass value=\"-1\"/>", StringComparison.Ordinal));

        var error = file.OnlyError();

        Assert.Equal("urdf", error.Key);
        Assert.Matches(@"ar4-dc\.urdf:\d+: ", error.Found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("name = 1")]
    [InlineData("[[joint]]")]
    [InlineData("joint = 1")]
    [InlineData("joint = [1, 2]")]
    [InlineData("poses_deg = []\n")]
    [InlineData("a.b.c.d = 1")]
    [InlineData("\"\" = 1")]
    [InlineData("wiring = 1\ndrives = 2\nworkspace = 3\nsimulation = 4")]
    [InlineData("\u0000\u0001\u0002")]
    [InlineData("= = =")]
    [InlineData("[")]
    public void A_file_that_is_no_robot_is_refused_without_an_internal_error(string text)
    {
        using var file = new RobotFile { Text = text };

        Assert.NotEmpty(file.Errors());
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        using var file = new RobotFile { Text = "a = " + new string('[', 50_000) };

        Assert.Contains("nested", file.OnlyError().Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_file_is_refused_before_it_is_read()
    {
        using var file = new RobotFile { Text = new string('#', 300_000) };

        Assert.Contains("bytes", file.OnlyError().Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_text_is_refused()
    {
        using var file = new RobotFile();
        File.WriteAllBytes(file.Path, [0x80, 0xff, 0xfe]);

        var error = Assert.Single(Assert.Throws<RobotConfigurationException>(() => RobotConfiguration.Load(file.Path)).Errors);

        Assert.Contains("UTF-8", error.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_an_error_of_its_own()
    {
        var error = Assert.Single(Assert.Throws<RobotConfigurationException>(() => RobotConfiguration.Load("no/such/robot.toml")).Errors);

        Assert.Equal("no/such/robot.toml", error.File);
    }

    /// <summary>How often the text stands before the change: the error is at the first place at or after it, or before it when there is none after.</summary>
    private static int Occurrences(string text, string place, (int Line, int Column) from)
    {
        int offset = 0;
        for (int line = 1; line < from.Line; line++) offset = text.IndexOf('\n', offset) + 1;
        offset += from.Column - 1;
        int count = 0, last = 0;
        for (int at = text.IndexOf(place, StringComparison.Ordinal); at >= 0; at = text.IndexOf(place, at + 1, StringComparison.Ordinal), count++)
        {
            if (at >= offset) return count;
            last = count;
        }

        return last;
    }
}
