// Orocos KDL behind a C interface: the same arm, the same states, and the loop over the calls on this side, so that a call from outside
// costs nothing against what is timed. Angles in rad, lengths in m, row-major matrices. Every function returns the number of failed calls.

#include <kdl/chain.hpp>
#include <kdl/chaindynparam.hpp>
#include <kdl/chainfdsolver_recursive_newton_euler.hpp>
#include <kdl/chainfksolverpos_recursive.hpp>
#include <kdl/chainidsolver_recursive_newton_euler.hpp>
#include <kdl/chainjnttojacsolver.hpp>

#include <algorithm>
#include <vector>

namespace {

KDL::Vector vector(const double* v) { return {v[0], v[1], v[2]}; }

KDL::Rotation rotation(const double* m) { return {m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]}; }

// Nine numbers of rotation, three of translation.
KDL::Frame frame(const double* pose) { return {rotation(pose), vector(pose + 9)}; }

KDL::JntArray joints(const double* values, int n)
{
    KDL::JntArray array(n);
    std::copy(values, values + n, array.data.data());
    return array;
}

std::vector<KDL::JntArray> states(const double* values, int n, int count)
{
    std::vector<KDL::JntArray> result;
    for (int i = 0; i < count; i++) result.push_back(joints(values + i * n, n));
    return result;
}

}  // namespace

struct KdlArm {
    KDL::Chain chain;
    KDL::ChainIdSolver_RNE inverse;
    KDL::ChainDynParam parameters;
    KDL::ChainFdSolver_RNE forward;
    KDL::ChainFkSolverPos_recursive kinematics;
    KDL::ChainJntToJacSolver jacobian;
    std::vector<KDL::JntArray> q, qd, third;

    KdlArm(const KDL::Chain& arm, const KDL::Vector& gravity)
        : chain(arm), inverse(chain, gravity), parameters(chain, gravity), forward(chain, gravity), kinematics(chain), jacobian(chain)
    {
    }

    int joint_count() const { return static_cast<int>(chain.getNrOfJoints()); }
};

extern "C" {

// Of each joint: its pose in the frame before (12), its axis (3), whether it slides; its body's mass, centre of mass (3) and inertia about
// it (9); its armature. Segments as kdl_parser makes them of a URDF, with the tool as the last one's tip.
KdlArm* kdl_create(
    int n, const double* placement, const double* axis, const int* prismatic, const double* mass, const double* center,
    const double* inertia, const double* armature, const double* tool, const double* gravity)
{
    KDL::Chain chain;
    for (int i = 0; i < n; i++) {
        const KDL::Frame place = frame(placement + 12 * i);
        const KDL::Frame beyond = i == n - 1 ? frame(tool) : KDL::Frame::Identity();
        const double* t = inertia + 9 * i;
        const KDL::RigidBodyInertia body(mass[i], vector(center + 3 * i), KDL::RotationalInertia(t[0], t[4], t[8], t[1], t[2], t[5]));
        const KDL::Joint joint(
            place.p, place.M * vector(axis + 3 * i), prismatic[i] ? KDL::Joint::TransAxis : KDL::Joint::RotAxis, 1, 0, armature[i]);
        chain.addSegment(KDL::Segment(joint, place * beyond, beyond.Inverse() * body));
    }

    return new KdlArm(chain, vector(gravity));
}

void kdl_delete(KdlArm* arm) { delete arm; }

// What every function takes: q, qd and a third vector (qdd or tau), each count x n.
void kdl_set_states(KdlArm* arm, int count, const double* q, const double* qd, const double* third)
{
    const int n = arm->joint_count();
    arm->q = states(q, n, count);
    arm->qd = states(qd, n, count);
    arm->third = states(third, n, count);
}

// tau of (q, qd, third = qdd), count x n: the results of the last round over the states.
long kdl_inverse_dynamics(KdlArm* arm, long rounds, double* tau)
{
    const int n = arm->joint_count();
    const KDL::Wrenches external(arm->chain.getNrOfSegments(), KDL::Wrench::Zero());
    KDL::JntArray result(n);
    long failed = 0;
    for (long round = 0; round < rounds; round++)
        for (size_t s = 0; s < arm->q.size(); s++) {
            failed += arm->inverse.CartToJnt(arm->q[s], arm->qd[s], arm->third[s], external, result) != 0;
            std::copy_n(result.data.data(), n, tau + s * n);
        }

    return failed;
}

// count x n x n.
long kdl_mass_matrix(KdlArm* arm, long rounds, double* mass)
{
    const int n = arm->joint_count();
    KDL::JntSpaceInertiaMatrix result(n);
    long failed = 0;
    for (long round = 0; round < rounds; round++)
        for (size_t s = 0; s < arm->q.size(); s++) {
            failed += arm->parameters.JntToMass(arm->q[s], result) != 0;
            std::copy_n(result.data.data(), n * n, mass + s * n * n);
        }

    return failed;
}

// qdd of (q, qd, third = tau), count x n.
long kdl_forward_dynamics(KdlArm* arm, long rounds, double* qdd)
{
    const int n = arm->joint_count();
    const KDL::Wrenches external(arm->chain.getNrOfSegments(), KDL::Wrench::Zero());
    KDL::JntArray result(n);
    long failed = 0;
    for (long round = 0; round < rounds; round++)
        for (size_t s = 0; s < arm->q.size(); s++) {
            failed += arm->forward.CartToJnt(arm->q[s], arm->qd[s], arm->third[s], external, result) != 0;
            std::copy_n(result.data.data(), n, qdd + s * n);
        }

    return failed;
}

// Pose of the tool, count x 12: rotation, translation.
long kdl_forward_kinematics(KdlArm* arm, long rounds, double* pose)
{
    KDL::Frame result;
    long failed = 0;
    for (long round = 0; round < rounds; round++)
        for (size_t s = 0; s < arm->q.size(); s++) {
            failed += arm->kinematics.JntToCart(arm->q[s], result) != 0;
            std::copy_n(result.M.data, 9, pose + s * 12);
            std::copy_n(result.p.data, 3, pose + s * 12 + 9);
        }

    return failed;
}

// count x n x 6: the six numbers of each joint's column, linear first.
long kdl_jacobian(KdlArm* arm, long rounds, double* jacobian)
{
    const int n = arm->joint_count();
    KDL::Jacobian result(n);
    long failed = 0;
    for (long round = 0; round < rounds; round++)
        for (size_t s = 0; s < arm->q.size(); s++) {
            failed += arm->jacobian.JntToJac(arm->q[s], result) != 0;
            std::copy_n(result.data.data(), 6 * n, jacobian + s * 6 * n);
        }

    return failed;
}

}  // extern "C"
