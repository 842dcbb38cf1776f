// Orocos KDL behind a C interface: the same arm, the same states, and the loop over the calls on this side, so that a call from outside
// costs nothing against what is timed. SI units, row-major matrices. Every function returns the number of failed calls.

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

    template <typename Call>
    long over_states(int first, int calls, Call call)
    {
        const int count = static_cast<int>(q.size());
        long failed = 0;
        int state = first;
        for (int i = 0; i < calls; i++) {
            failed += call(state) != 0;
            state = state + 1 == count ? 0 : state + 1;
        }

        return failed;
    }
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

void kdl_free(KdlArm* arm) { delete arm; }

// What every function takes: q, qd and a third vector (qdd or tau), each count x n.
void kdl_set_states(KdlArm* arm, int count, const double* q, const double* qd, const double* third)
{
    const int n = arm->joint_count();
    arm->q = states(q, n, count);
    arm->qd = states(qd, n, count);
    arm->third = states(third, n, count);
}

// The functions below do so many calls, the first on the given state, each on the one after the last's, and leave the results of every state
// at its place in out.

// tau of (q, qd, third = qdd), count x n.
long kdl_inverse_dynamics(KdlArm* arm, int first, int calls, double* out)
{
    const int n = arm->joint_count();
    const KDL::Wrenches external(arm->chain.getNrOfSegments(), KDL::Wrench::Zero());
    KDL::JntArray result(n);
    return arm->over_states(first, calls, [&](int s) {
        const int code = arm->inverse.CartToJnt(arm->q[s], arm->qd[s], arm->third[s], external, result);
        std::copy_n(result.data.data(), n, out + s * n);
        return code;
    });
}

// count x n x n.
long kdl_mass_matrix(KdlArm* arm, int first, int calls, double* out)
{
    const int n = arm->joint_count();
    KDL::JntSpaceInertiaMatrix result(n);
    return arm->over_states(first, calls, [&](int s) {
        const int code = arm->parameters.JntToMass(arm->q[s], result);
        std::copy_n(result.data.data(), n * n, out + s * n * n);
        return code;
    });
}

// qdd of (q, qd, third = tau), count x n.
long kdl_forward_dynamics(KdlArm* arm, int first, int calls, double* out)
{
    const int n = arm->joint_count();
    const KDL::Wrenches external(arm->chain.getNrOfSegments(), KDL::Wrench::Zero());
    KDL::JntArray result(n);
    return arm->over_states(first, calls, [&](int s) {
        const int code = arm->forward.CartToJnt(arm->q[s], arm->qd[s], arm->third[s], external, result);
        std::copy_n(result.data.data(), n, out + s * n);
        return code;
    });
}

// Pose of the tool, count x 12: rotation, translation.
long kdl_forward_kinematics(KdlArm* arm, int first, int calls, double* out)
{
    KDL::Frame result;
    return arm->over_states(first, calls, [&](int s) {
        const int code = arm->kinematics.JntToCart(arm->q[s], result);
        std::copy_n(result.M.data, 9, out + s * 12);
        std::copy_n(result.p.data, 3, out + s * 12 + 9);
        return code;
    });
}

// count x n x 6: joint by joint the column of the Jacobian at the tool, linear before angular.
long kdl_jacobian(KdlArm* arm, int first, int calls, double* out)
{
    const int n = arm->joint_count();
    KDL::Jacobian result(n);
    return arm->over_states(first, calls, [&](int s) {
        const int code = arm->jacobian.JntToJac(arm->q[s], result);
        std::copy_n(result.data.data(), 6 * n, out + s * 6 * n);
        return code;
    });
}

}  // extern "C"
