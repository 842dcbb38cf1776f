using LiquidControl.Robotics;

namespace LiquidControl.Simulation;

/// <summary>Mechanical energy of a plant's rigid bodies and rotors, J, with the twist of flexible joints. Bent bristles, cables and stops are not counted. Off the cycle: allocates.</summary>
public static class PlantEnergy
{
    public static double Kinetic(Plant plant)
    {
        ArgumentNullException.ThrowIfNull(plant);
        RigidBodyModel model = plant.Links;
        int n = model.JointCount;
        double[] mass = new double[n * n];
        CompositeRigidBody.MassMatrix(model, new RigidBodyWorkspace(model), plant.Position, mass);
        double twice = 0;
        for (int i = 0; i < n; i++)
        {
            twice += 2 * plant.RotorEnergy(i);
            for (int j = 0; j < n; j++)
                twice += mass[i * n + j] * plant.Velocity[i] * plant.Velocity[j];
        }

        return 0.5 * twice;
    }

    /// <summary>Zero where every centre of mass stands at the base frame's origin.</summary>
    public static double Potential(Plant plant)
    {
        ArgumentNullException.ThrowIfNull(plant);
        RigidBodyModel model = plant.Links;
        Pose[] poses = new Pose[model.JointCount];
        ForwardKinematics.Bodies(model, new RigidBodyWorkspace(model), plant.Position, poses);
        double energy = 0;
        for (int i = 0; i < poses.Length; i++)
            energy += plant.ShaftEnergy(i) - model.Bodies[i].Mass * Vector3.Dot(model.Gravity, poses[i] * model.Bodies[i].CenterOfMass);
        return energy;
    }

    public static double Total(Plant plant) => Kinetic(plant) + Potential(plant);
}
