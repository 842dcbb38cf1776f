namespace LiquidControl.Robotics.Tests;

/// <summary>
/// Newton's and Euler's equations written down body by body in the base frame, from the model as it is stated: an oracle that shares
/// neither frames nor formulas with the library, and is in no hurry.
/// </summary>
internal static class PlainNewtonEuler
{
    public static double[] InverseDynamics(RigidBodyModel model, double[] q, double[] qd, double[] qdd)
    {
        int n = model.JointCount;
        Pose[] frames = new Pose[n];
        Vector3[] axes = new Vector3[n], forces = new Vector3[n], moments = new Vector3[n], centers = new Vector3[n];
        Pose frame = Pose.Identity;
        Vector3 w = Vector3.Zero, alpha = Vector3.Zero, a = -model.Gravity, origin = Vector3.Zero;
        for (int i = 0; i < n; i++)
        {
            Joint joint = model.Joints[i];
            bool slides = joint.Type == JointType.Prismatic;
            frame *= joint.Placement;
            frame *= slides
                ? new Pose(Matrix3.Identity, joint.Axis * q[i])
                : new Pose(Matrix3.FromAxisAngle(joint.Axis, q[i]), Vector3.Zero);
            frames[i] = frame;
            axes[i] = frame.Rotation * joint.Axis;
            Vector3 from = frame.Translation - origin;
            a += Vector3.Cross(alpha, from) + Vector3.Cross(w, Vector3.Cross(w, from));
            if (slides)
            {
                a += axes[i] * qdd[i] + Vector3.Cross(w, axes[i]) * (2 * qd[i]);
            }
            else
            {
                alpha += axes[i] * qdd[i] + Vector3.Cross(w, axes[i]) * qd[i];
                w += axes[i] * qd[i];
            }

            origin = frame.Translation;
            BodyInertia body = model.Bodies[i];
            Vector3 arm = frame.Rotation * body.CenterOfMass;
            Matrix3 inertia = frame.Rotation * body.Inertia * frame.Rotation.Transpose;
            centers[i] = origin + arm;
            forces[i] = (a + Vector3.Cross(alpha, arm) + Vector3.Cross(w, Vector3.Cross(w, arm))) * body.Mass;
            moments[i] = inertia * alpha + Vector3.Cross(w, inertia * w);
        }

        double[] tau = new double[n];
        for (int i = 0; i < n; i++)
        {
            tau[i] = model.Armature[i] * qdd[i];
            for (int j = i; j < n; j++)
            {
                Vector3 moment = moments[j] + Vector3.Cross(centers[j] - frames[i].Translation, forces[j]);
                tau[i] += Vector3.Dot(axes[i], model.Joints[i].Type == JointType.Prismatic ? forces[j] : moment);
            }
        }

        return tau;
    }
}
