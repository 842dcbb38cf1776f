using Xunit;

namespace LiquidControl.Hosting.Tests;

public sealed class RobotCatalogTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_robot_is_found_by_name_from_anywhere_inside_a_clone()
    {
        string file = AddRobot(_root, "crane");
        string inside = Directory.CreateDirectory(Path.Combine(_root, "src", "deep")).FullName;

        Assert.Equal(file, RobotCatalog.Find("crane", inside));
    }

    [Fact]
    public void The_first_directory_wins_over_the_second()
    {
        string clone = Path.Combine(_root, "clone"), program = Path.Combine(_root, "program");
        string file = AddRobot(clone, "crane");
        AddRobot(program, "crane");

        Assert.Equal(file, RobotCatalog.Find("crane", clone, program));
    }

    [Fact]
    public void Outside_a_clone_the_programs_own_robots_are_found()
    {
        Assert.EndsWith("robot.toml", RobotCatalog.Find("ur5e", Path.GetTempPath(), AppContext.BaseDirectory), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_to_the_file_or_to_its_directory_is_taken_as_it_is()
    {
        string file = AddRobot(_root, "crane");

        Assert.Equal(file, RobotCatalog.Find(file, Path.GetTempPath()));
        Assert.Equal(file, RobotCatalog.Find(Path.GetDirectoryName(file)!, Path.GetTempPath()));
    }

    [Theory]
    [InlineData("crne")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public void An_unknown_name_lists_the_known_robots(string name)
    {
        AddRobot(_root, "crane");
        AddRobot(_root, "arm");

        var e = Assert.Throws<FileNotFoundException>(() => RobotCatalog.Find(name, _root));

        Assert.Contains("arm, crane", e.Message, StringComparison.Ordinal);
        if (name == "crne") Assert.Contains("Did you mean crane?", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_does_not_exist_is_named()
    {
        var e = Assert.Throws<FileNotFoundException>(() => RobotCatalog.Find("no/such/robot.toml", _root));

        Assert.Contains("no/such/robot.toml", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_names_of_all_robots_are_sorted_and_listed_once()
    {
        AddRobot(_root, "crane");
        AddRobot(_root, "arm");
        AddRobot(Path.Combine(_root, "inner"), "arm");

        Assert.Equal(["arm", "crane"], RobotCatalog.Names(Path.Combine(_root, "inner")));
    }

    private static string AddRobot(string root, string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(root, "firmware-config", "robots", name)).FullName;
        string file = Path.Combine(folder, "robot.toml");
        File.WriteAllText(file, "");
        return file;
    }
}
