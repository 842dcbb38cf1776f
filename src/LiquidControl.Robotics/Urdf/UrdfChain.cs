using System.Xml.Linq;

namespace LiquidControl.Robotics;

/// <summary>The tree of links and joints of one description, checked and folded into a serial chain.</summary>
internal sealed class UrdfChain
{
    private const string Units = "Check the units of <origin> and <inertial>: m, kg and kg·m².";

    private static readonly string[] ToolNames = ["tool0", "tcp", "tool"];

    private readonly UrdfReader _reader;
    private readonly XElement _robot;
    private readonly Dictionary<string, XElement> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<XElement>> _jointsFrom = new(StringComparer.Ordinal);
    private readonly Dictionary<string, XElement> _jointTo = new(StringComparer.Ordinal);

    public UrdfChain(UrdfReader reader, XElement robot)
    {
        _reader = reader;
        _robot = robot;
        if (robot.Name.LocalName != "robot")
        {
            throw reader.Error(robot, $"root element <{robot.Name.LocalName}>", "<robot>", "Give a URDF file; expand xacro first.");
        }

        foreach (XElement link in robot.Elements("link"))
        {
            AddOnce(_links, link);
        }

        Dictionary<string, XElement> joints = new(StringComparer.Ordinal);
        foreach (XElement joint in robot.Elements("joint"))
        {
            AddOnce(joints, joint);
            Connect(joint);
        }
    }

    public RigidBodyModel Build(string? toolLink)
    {
        string name = _reader.Text(_robot, "name");
        string root = Root();
        List<Joint> joints = [];
        List<BodyInertia> bodies = [];

        // What is fixed to the base does not move: only the frame that carries the first joint matters.
        Dictionary<string, Pose> frames = Fold(root, out _, out XElement? moving);
        while (moving is not null)
        {
            joints.Add(UrdfJoint.Read(_reader, moving, frames[LinkOf(moving, "parent")]));
            frames = Fold(LinkOf(moving, "child"), out BodyInertia body, out XElement? next);
            bodies.Add(body);
            CheckFinite(moving, joints[^1], body);
            CheckMovable(moving, joints[^1], body, isLast: next is null);
            moving = next;
        }

        if (joints.Count == 0)
        {
            throw _reader.Error(
                _robot, "no moving joint", "at least one revolute, continuous or prismatic joint", "Give the description of an arm.");
        }

        Pose tool = ToolPose(toolLink, frames);
        return tool.IsFinite
            ? new(name, joints, bodies, tool)
            : throw _reader.Error(_robot, "a tool frame beyond all numbers", "finite coordinates", Units);
    }

    private static bool IsFixed(XElement joint) => joint.Attribute("type")?.Value == "fixed";

    private void AddOnce(Dictionary<string, XElement> elements, XElement element)
    {
        string name = _reader.Text(element, "name");
        if (!elements.TryAdd(name, element))
        {
            throw _reader.Error(element, $"a second {element.Name.LocalName} of this name", "one", "Rename one of them.");
        }
    }

    private void Connect(XElement joint)
    {
        string type = _reader.Text(joint, "type");
        if (type is not ("fixed" or "revolute" or "continuous" or "prismatic"))
        {
            throw _reader.Error(
                joint, $"type '{type}'", "revolute, continuous, prismatic or fixed",
                "Model the joint with these; floating and planar bases are not arms.");
        }

        string parent = LinkOf(joint, "parent"), child = LinkOf(joint, "child");
        if (parent == child)
        {
            throw _reader.Error(joint, $"link '{child}' as its own parent: a loop", "a tree", "Correct <parent> or <child>.");
        }

        if (!_jointTo.TryAdd(child, joint))
        {
            string other = _reader.Text(_jointTo[child], "name");
            throw _reader.Error(
                joint, $"link '{child}', which already has a parent through joint '{other}'", "one parent for each link",
                "Remove one joint: closed kinematic loops are not supported.");
        }

        if (!_jointsFrom.TryGetValue(parent, out List<XElement>? list))
        {
            _jointsFrom[parent] = list = [];
        }

        list.Add(joint);
    }

    private string LinkOf(XElement joint, string end)
    {
        XElement element = _reader.Child(joint, end);
        string name = _reader.Text(element, "link");
        return _links.ContainsKey(name)
            ? name
            : throw _reader.Error(
                element, $"link '{name}', which does not exist", $"one of the {_links.Count} links",
                $"Add <link name=\"{name}\"> or correct the name.");
    }

    /// <summary>The one link without a parent, from which every other must be reached.</summary>
    private string Root()
    {
        string[] roots = [.. _links.Keys.Where(link => !_jointTo.ContainsKey(link))];
        if (roots.Length == 0)
        {
            throw _links.Count == 0
                ? _reader.Error(_robot, "no link", "at least a base and one moving link", "Give the description of an arm.")
                : _reader.Error(
                    _robot, "a loop: every link has a parent", "one root link, the base", "Remove the joint that leads back to the base.");
        }

        if (roots.Length > 1)
        {
            throw _reader.Error(
                _links[roots[1]], $"{roots.Length} links without a parent: {string.Join(", ", roots)}", "one root link, the base",
                "Connect them with joints or remove them.");
        }

        HashSet<string> reached = new(StringComparer.Ordinal);
        Stack<string> open = new([roots[0]]);
        while (open.TryPop(out string? link))
        {
            reached.Add(link);
            foreach (XElement joint in _jointsFrom.GetValueOrDefault(link, []))
            {
                open.Push(LinkOf(joint, "child"));
            }
        }

        string? lost = _links.Keys.FirstOrDefault(link => !reached.Contains(link));
        return lost is null
            ? roots[0]
            : throw _reader.Error(
                _jointTo[lost], $"a loop through link '{lost}', apart from root '{roots[0]}'", "a tree from one root",
                "Correct the <parent> that closes the loop.");
    }

    /// <summary>
    /// Gathers all that is rigidly fixed to a link into one body in that link's frame: the frames on it, its inertia and the one moving
    /// joint that goes on from it, if any.
    /// </summary>
    private Dictionary<string, Pose> Fold(string start, out BodyInertia body, out XElement? moving)
    {
        Dictionary<string, Pose> frames = new(StringComparer.Ordinal) { [start] = Pose.Identity };
        Queue<string> open = new([start]);
        body = BodyInertia.None;
        moving = null;
        while (open.TryDequeue(out string? link))
        {
            Pose frame = frames[link];
            body += UrdfInertia.Read(_reader, _links[link]).SeenFrom(frame);
            foreach (XElement joint in _jointsFrom.GetValueOrDefault(link, []))
            {
                if (IsFixed(joint))
                {
                    string child = LinkOf(joint, "child");
                    frames[child] = frame * _reader.Origin(joint);
                    open.Enqueue(child);
                }
                else if (moving is null)
                {
                    moving = joint;
                }
                else
                {
                    throw _reader.Error(
                        joint, $"a second moving joint beside '{_reader.Text(moving, "name")}'", "a serial chain",
                        "Describe one arm without a gripper's fingers, or make the extra joint fixed.");
                }
            }
        }

        return frames;
    }

    /// <summary>Each number is finite by itself; joined to those of other links they may not be.</summary>
    private void CheckFinite(XElement at, Joint joint, in BodyInertia body)
    {
        if (!joint.Placement.IsFinite || !body.IsFinite)
        {
            throw _reader.Error(at, "a placement or an inertia beyond all numbers", "finite coordinates, masses and moments", Units);
        }
    }

    private void CheckMovable(XElement at, Joint joint, in BodyInertia body, bool isLast)
    {
        double own = joint.Type == JointType.Prismatic
            ? body.Mass
            : Vector3.Dot(joint.Axis, body.InertiaAbout(Vector3.Zero) * joint.Axis);
        if (isLast && !(own > 0))
        {
            throw _reader.Error(
                at, "a last moving link without inertia", "a mass that resists the joint, or the acceleration would be infinite",
                "Add <inertial> to the link, or make the joint fixed.");
        }
    }

    private Pose ToolPose(string? toolLink, Dictionary<string, Pose> frames)
    {
        if (toolLink is null)
        {
            string? usual = ToolNames.FirstOrDefault(frames.ContainsKey);
            return usual is null ? Pose.Identity : frames[usual];
        }

        return frames.TryGetValue(toolLink, out Pose pose)
            ? pose
            : throw _reader.Error(
                _robot, _links.ContainsKey(toolLink) ? $"tool link '{toolLink}' on an earlier body" : $"no tool link '{toolLink}'",
                $"one of {string.Join(", ", frames.Keys)}", "Name a link that is fixed to the last moving one.");
    }
}
