using System.Globalization;
using System.Xml.Linq;

namespace LiquidControl.Robotics;

/// <summary>Reads a link's &lt;inertial&gt; and refuses what no rigid body can have.</summary>
internal static class UrdfInertia
{
    /// <summary>
    /// Published tensors are rounded, so a principal moment may exceed the sum of the other two by this share of the trace.
    /// </summary>
    private const double TriangleTolerance = 1e-3;

    public static BodyInertia Read(UrdfReader reader, XElement link)
    {
        if (link.Element("inertial") is not { } inertial)
        {
            return BodyInertia.None;
        }

        XElement massElement = reader.Child(inertial, "mass");
        double mass = reader.Number(massElement, "value");
        XElement tensor = reader.Child(inertial, "inertia");
        double xx = reader.Number(tensor, "ixx"), xy = reader.Number(tensor, "ixy"), xz = reader.Number(tensor, "ixz");
        double yy = reader.Number(tensor, "iyy"), yz = reader.Number(tensor, "iyz"), zz = reader.Number(tensor, "izz");
        Matrix3 inertia = new(xx, xy, xz, xy, yy, yz, xz, yz, zz);
        if (mass == 0 && inertia == default)
        {
            return BodyInertia.None;
        }

        if (!(mass > 0))
        {
            throw reader.Error(
                massElement, string.Create(CultureInfo.InvariantCulture, $"mass {mass}"), "a positive mass in kg",
                "Weigh the link, or leave <inertial> out of a frame without mass.");
        }

        if (!IsPositiveDefinite(inertia))
        {
            throw reader.Error(
                tensor, "an inertia tensor that is not positive definite", "three positive principal moments, kg·m²",
                "Check signs and units; the tensor is about the centre of mass, in the axes of <origin>.");
        }

        // Principal moments obey the triangle inequality exactly when trace/2 minus the tensor, the body's second moments, has no negative
        // one.
        double slack = TriangleTolerance * inertia.Trace;
        if (!IsPositiveDefinite(Matrix3.Identity * (0.5 * inertia.Trace + slack) - inertia))
        {
            throw reader.Error(
                tensor, "an inertia tensor with a principal moment larger than the other two together", "moments a rigid body can have",
                "Check units and axes; the tensor is about the centre of mass, in the axes of <origin>.");
        }

        return new BodyInertia(mass, Vector3.Zero, inertia).SeenFrom(reader.Origin(inertial));
    }

    /// <summary>Sylvester's criterion.</summary>
    private static bool IsPositiveDefinite(in Matrix3 m) =>
        m.M11 > 0
        && m.M11 * m.M22 - m.M12 * m.M21 > 0
        && Vector3.Dot(m.Column1, Vector3.Cross(m.Column2, m.Column3)) > 0;
}
