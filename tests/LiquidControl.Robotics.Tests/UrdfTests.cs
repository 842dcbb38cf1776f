using Xunit;

namespace LiquidControl.Robotics.Tests;

public sealed class UrdfTests
{
    private const string Inertial = """<inertial><mass value="1"/><inertia ixx="0.1" ixy="0" ixz="0" iyy="0.1" iyz="0" izz="0.1"/></inertial>""";

    /// <summary>One revolute joint; the bad cases below each change one thing in it.</summary>
    private const string Good = $"""
        <robot name="arm">
          <link name="base"/>
          <link name="upper">{Inertial}</link>
          <joint name="shoulder" type="revolute">
            <parent link="base"/>
            <child link="upper"/>
            <origin xyz="0 0 0.5" rpy="0 0 0"/>
            <axis xyz="0 0 2"/>
            <limit lower="-1" upper="1" effort="10" velocity="2"/>
          </joint>
        </robot>
        """;

    [Fact]
    public void A_joint_has_the_limits_placement_and_unit_axis_of_its_description()
    {
        RigidBodyModel model = Urdf.Parse(Good, "arm.urdf");
        Assert.Equal("arm", model.Name);
        Assert.Equal(new Joint("shoulder", JointType.Revolute, new Pose(Matrix3.Identity, new(0, 0, 0.5)), Vector3.UnitZ, -1, 1, 2, 10), Assert.Single(model.Joints));
        Assert.Equal(new Vector3(0, 0, -9.81), model.Gravity);
        Assert.Equal(Pose.Identity, model.Tool);
    }

    [Fact]
    public void A_fixed_link_becomes_part_of_the_body_that_carries_it_and_may_carry_the_next_joint()
    {
        const string More = $"""
              <link name="motor">{Inertial}</link>
              <joint name="mount" type="fixed"><parent link="upper"/><child link="motor"/><origin xyz="1 0 0"/></joint>
              <link name="flange"/>
              <joint name="bracket" type="fixed"><parent link="upper"/><child link="flange"/><origin xyz="0 0 2" rpy="0 0 1.5707963267948966"/></joint>
              <link name="slider">{Inertial}</link>
              <joint name="slide" type="prismatic"><parent link="flange"/><child link="slider"/><origin xyz="1 0 0"/><axis xyz="0 1 0"/>
                <limit lower="0" upper="0.2" effort="50" velocity="0.1"/></joint>
              <link name="adapter"/>
              <joint name="screws" type="fixed"><parent link="slider"/><child link="adapter"/><origin xyz="0 0 0.1" rpy="3.141592653589793 0 0"/></joint>
              <link name="tcp"/>
              <joint name="tip" type="fixed"><parent link="adapter"/><child link="tcp"/><origin xyz="0 0 -0.05"/></joint>
            </robot>
            """;
        RigidBodyModel model = Urdf.Parse(Good.Replace("</robot>", More, StringComparison.Ordinal), "arm.urdf");
        Assert.Equal(2, model.JointCount);
        Assert.Equal(2, model.Bodies[0].Mass);
        Assert.Equal(new Vector3(0.5, 0, 0), model.Bodies[0].CenterOfMass);
        Assert.Equal(0.1 + 0.1 + 2 * 0.25, model.Bodies[0].Inertia.M33, 1e-15);
        Assert.True((model.Joints[1].Placement.Translation - new Vector3(0, 1, 2)).Norm < 1e-15);
        Assert.Equal(JointType.Prismatic, model.Joints[1].Type);
        Assert.True((model.Tool.Translation - new Vector3(0, 0, 0.15)).Norm < 1e-15);
        Assert.Equal(Pose.Identity, Urdf.Parse(Good, "arm.urdf", "upper").Tool);
    }

    [Fact]
    public void The_rpy_of_an_inertial_turns_the_tensor()
    {
        string turned = Good.Replace("<inertial>", """<inertial><origin xyz="0 0 0.2" rpy="0 1.5707963267948966 0"/>""", StringComparison.Ordinal)
            .Replace("ixx=\"0.1\"", "ixx=\"0.15\"", StringComparison.Ordinal);
        BodyInertia body = Urdf.Parse(turned, "arm.urdf").Bodies[0];
        Assert.Equal(0.15, body.Inertia.M33, 1e-15);
        Assert.Equal(0.1, body.Inertia.M11, 1e-15);
        Assert.Equal(new Vector3(0, 0, 0.2), body.CenterOfMass);
    }

    [Fact]
    public void A_continuous_joint_has_no_limits()
    {
        Joint joint = Urdf.Parse(
            Good.Replace("revolute", "continuous", StringComparison.Ordinal).Replace("""<limit lower="-1" upper="1" effort="10" velocity="2"/>""", "", StringComparison.Ordinal),
            "arm.urdf").Joints[0];
        Assert.Equal(JointType.Revolute, joint.Type);
        Assert.Equal(double.PositiveInfinity, joint.UpperLimit);
        Assert.Equal(double.NegativeInfinity, joint.LowerLimit);
    }

    public static TheoryData<string, string, string> BadEdits => new()
    {
        { "<child link=\"upper\"/>", "<child link=\"lower\"/>", "arm.urdf:6: <joint name=\"shoulder\"> <child>: found link 'lower', which does not exist; expected one of the 2 links. Add <link name=\"lower\"> or correct the name." },
        { "<child link=\"upper\"/>", "<child link=\"base\"/>", "arm.urdf:4: <joint name=\"shoulder\">: found link 'base' as its own parent: a loop; expected a tree. Correct <parent> or <child>." },
        { "<child link=\"upper\"/>", "", "arm.urdf:4: <joint name=\"shoulder\">: found no <child>; expected one <child>. Add a <child> element." },
        { "<mass value=\"1\"/>", "<mass value=\"-1\"/>", "arm.urdf:3: <link name=\"upper\"> <inertial> <mass>: found mass -1; expected a positive mass in kg. Weigh the link, or leave <inertial> out of a frame without mass." },
        { "<mass value=\"1\"/>", "<mass value=\"NaN\"/>", "arm.urdf:3: <link name=\"upper\"> <inertial> <mass>: found 'NaN' in 'value'; expected a finite number. Write a decimal number with a point, such as 0.25." },
        { "<mass value=\"1\"/>", "<mass value=\"1e-320\"/>", "arm.urdf:4: <joint name=\"shoulder\">: found a placement or an inertia beyond all numbers; expected finite coordinates, masses and moments. Check the units of <origin> and <inertial>: m, kg and kg·m²." },
        { "<mass value=\"1\"/>", "<mass/>", "arm.urdf:3: <link name=\"upper\"> <inertial> <mass>: found no attribute 'value'; expected value=\"…\". Add the attribute 'value'." },
        { "ixy=\"0\"", "ixy=\"0.2\"", "arm.urdf:3: <link name=\"upper\"> <inertial> <inertia>: found an inertia tensor that is not positive definite; expected three positive principal moments, kg·m². Check signs and units; the tensor is about the centre of mass, in the axes of <origin>." },
        { "ixx=\"0.1\"", "ixx=\"0.3\"", "arm.urdf:3: <link name=\"upper\"> <inertial> <inertia>: found an inertia tensor with a principal moment larger than the other two together; expected moments a rigid body can have. Check units and axes; the tensor is about the centre of mass, in the axes of <origin>." },
        { "izz=\"0.1\"", "", "arm.urdf:3: <link name=\"upper\"> <inertial> <inertia>: found no attribute 'izz'; expected izz=\"…\". Add the attribute 'izz'." },
        { Inertial, "", "arm.urdf:4: <joint name=\"shoulder\">: found a last moving link without inertia; expected a mass that resists the joint, or the acceleration would be infinite. Add <inertial> to the link, or make the joint fixed." },
        { "type=\"revolute\"", "type=\"floating\"", "arm.urdf:4: <joint name=\"shoulder\">: found type 'floating'; expected revolute, continuous, prismatic or fixed. Model the joint with these; floating and planar bases are not arms." },
        { "type=\"revolute\"", "type=\"fixed\"", "arm.urdf:1: <robot name=\"arm\">: found no moving joint; expected at least one revolute, continuous or prismatic joint. Give the description of an arm." },
        { "0 0 2", "0 0 0", "arm.urdf:8: <joint name=\"shoulder\"> <axis>: found an axis of length 0; expected a direction. Write the joint's axis as a unit vector, such as xyz=\"0 0 1\"." },
        { "0 0 2", "0 1", "arm.urdf:8: <joint name=\"shoulder\"> <axis>: found 2 numbers in 'xyz'; expected three. Write x, y and z separated by spaces." },
        { "lower=\"-1\"", "lower=\"2\"", "arm.urdf:9: <joint name=\"shoulder\"> <limit>: found lower 2 and upper 1; expected lower below upper. Swap them, or make the joint fixed if it does not move." },
        { "velocity=\"2\"", "velocity=\"0\"", "arm.urdf:9: <joint name=\"shoulder\"> <limit>: found velocity 0; expected a positive velocity. Write the drive's limit, or make the joint fixed if it does not move." },
        { "<limit lower=\"-1\" upper=\"1\" effort=\"10\" velocity=\"2\"/>", "", "arm.urdf:4: <joint name=\"shoulder\">: found no <limit>; expected one <limit>. Add a <limit> element." },
        { "</joint>", "<mimic joint=\"other\"/></joint>", "arm.urdf:10: <joint name=\"shoulder\"> <mimic>: found a joint that mimics another; expected independent joints. Fix the joint or drive it on its own." },
        { "</robot>", "<link name=\"upper\"/></robot>", "arm.urdf:11: <link name=\"upper\">: found a second link of this name; expected one. Rename one of them." },
        { "</robot>", "<link name=\"stray\"/></robot>", "arm.urdf:11: <link name=\"stray\">: found 2 links without a parent: base, stray; expected one root link, the base. Connect them with joints or remove them." },
        { "</robot>", "<joint name=\"second\" type=\"fixed\"><parent link=\"base\"/><child link=\"upper\"/></joint></robot>", "arm.urdf:11: <joint name=\"second\">: found link 'upper', which already has a parent through joint 'shoulder'; expected one parent for each link. Remove one joint: closed kinematic loops are not supported." },
        { "</robot>", "<joint name=\"back\" type=\"fixed\"><parent link=\"upper\"/><child link=\"base\"/></joint></robot>", "arm.urdf:1: <robot name=\"arm\">: found a loop: every link has a parent; expected one root link, the base. Remove the joint that leads back to the base." },
        { "</robot>", "<link name=\"a\"/><link name=\"b\"/><joint name=\"ab\" type=\"fixed\"><parent link=\"a\"/><child link=\"b\"/></joint><joint name=\"ba\" type=\"fixed\"><parent link=\"b\"/><child link=\"a\"/></joint></robot>", "arm.urdf:11: <joint name=\"ba\">: found a loop through link 'a', apart from root 'base'; expected a tree from one root. Correct the <parent> that closes the loop." },
        { "</robot>", "<link name=\"fork\"/><joint name=\"branch\" type=\"continuous\"><parent link=\"base\"/><child link=\"fork\"/></joint></robot>", "arm.urdf:11: <joint name=\"branch\">: found a second moving joint beside 'shoulder'; expected a serial chain. Describe one arm without a gripper's fingers, or make the extra joint fixed." },
        { "</link>", "", "arm.urdf:11: document: found The 'link' start tag on line 3 position 4 does not match the end tag of 'robot'. Line 11, position 3; expected well-formed XML. Repair the markup at this line." },
        { "<robot name=\"arm\">", "<!DOCTYPE robot [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><robot name=\"&e;\">", "arm.urdf:1: <!DOCTYPE>: found a document type definition; expected none: definitions and external entities are refused. Remove it and write its entities out." },
        { "<robot name=\"arm\">", "<robot>", "arm.urdf:1: <robot>: found no attribute 'name'; expected name=\"…\". Add the attribute 'name'." },
    };

    [Theory]
    [MemberData(nameof(BadEdits))]
    public void A_bad_description_is_refused_with_place_found_expected_and_remedy(string text, string replacement, string message)
    {
        Assert.Contains(text, Good, StringComparison.Ordinal);
        string edited = Good.Replace(text, replacement, StringComparison.Ordinal);
        UrdfException e = Assert.Throws<UrdfException>(() => Urdf.Parse(edited, "arm.urdf"));
        Assert.Equal(message, e.Message);
        Assert.Equal("arm.urdf", e.File);
        Assert.StartsWith($"arm.urdf:{e.Line}: {e.Element}: found {e.Found}; expected {e.Expected}. {e.Remedy}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_root_element_an_empty_file_and_an_unknown_tool_link_are_refused()
    {
        Assert.Contains("found root element <sdf>; expected <robot>", Refuse("<sdf/>"), StringComparison.Ordinal);
        Assert.Contains("expected well-formed XML", Refuse(""), StringComparison.Ordinal);
        Assert.Contains("found no link", Refuse("<robot name=\"r\"/>"), StringComparison.Ordinal);
        string tool = Assert.Throws<UrdfException>(() => Urdf.Parse(Good, "arm.urdf", "gripper")).Message;
        Assert.Equal("arm.urdf:1: <robot name=\"arm\">: found no tool link 'gripper'; expected one of upper. Name a link that is fixed to the last moving one.", tool);
        tool = Assert.Throws<UrdfException>(() => Urdf.Parse(Good, "arm.urdf", "base")).Message;
        Assert.Contains("found tool link 'base' on an earlier body", tool, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_or_deeply_nested_description_is_refused_before_it_is_built()
    {
        string huge = Good + new string(' ', Urdf.MaxLength);
        Assert.StartsWith($"arm.urdf:0: document: found {huge.Length} characters; expected at most {Urdf.MaxLength}.", Refuse(huge), StringComparison.Ordinal);
        string deep = string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000));
        Assert.StartsWith("arm.urdf:1: <a>: found elements nested 33 deep; expected at most 32.", Refuse(deep), StringComparison.Ordinal);

        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, huge);
            Assert.Contains("bytes; expected at most", Assert.Throws<UrdfException>(() => Urdf.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>It has no length that could be looked at first.</summary>
    [Fact]
    public void A_device_without_end_is_refused()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "found no /dev/zero, expected Linux.");
        Assert.StartsWith($"/dev/zero:0: document: found {Urdf.MaxLength + 1} bytes", Assert.Throws<UrdfException>(() => Urdf.Read("/dev/zero")).Message, StringComparison.Ordinal);
    }

    private static string Refuse(string text) => Assert.Throws<UrdfException>(() => Urdf.Parse(text, "arm.urdf")).Message;
}
