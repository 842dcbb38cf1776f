// A step of a dense CfC in Eigen with fixed sizes, the four heads fused into one product.
#define EIGEN_STACK_ALLOCATION_LIMIT 0 // the networks live on the heap
#include <Eigen/Dense>

namespace {

constexpr int Outputs = 4;

struct Network {
    virtual ~Network() = default;
    virtual void reset() = 0;
    virtual void run(const float* inputs, int length, int first, int steps, float timespan, float* outputs) = 0;
};

template <int Rows, int Columns> struct Linear {
    Eigen::Matrix<float, Rows, Columns> weight;
    Eigen::Matrix<float, Rows, 1> bias;

    const float* read(const float* p) { return read_rows<Rows>(p, 0); }

    template <int Count> const float* read_rows(const float* p, int first) {
        weight.block(first, 0, Count, Columns) =
            Eigen::Map<const Eigen::Matrix<float, Count, Columns, Columns == 1 ? Eigen::ColMajor : Eigen::RowMajor>>(p);
        bias.segment(first, Count) = Eigen::Map<const Eigen::Matrix<float, Count, 1>>(p + Count * Columns);
        return p + Count * (Columns + 1);
    }
};

template <int Units, int Inputs, int Backbone> struct Dense final : Network {
    static constexpr int Joined = Inputs + Units;
    static constexpr int HeadInputs = Backbone ? Backbone : Joined;
    static constexpr int Features = Backbone ? Backbone : 1;

    Linear<Features, Joined> backbone;
    Linear<4 * Units, HeadInputs> heads;
    Linear<Outputs, Units> readout;
    Eigen::Matrix<float, Joined, 1> joined;
    Eigen::Matrix<float, Features, 1> features;
    Eigen::Matrix<float, 4 * Units, 1> sums;
    Eigen::Matrix<float, Units, 1> gate;

    EIGEN_MAKE_ALIGNED_OPERATOR_NEW

    explicit Dense(const float* p) {
        reset();
        if constexpr (Backbone != 0) p = backbone.read(p);
        for (int head = 0; head < 4; head++) p = heads.template read_rows<Units>(p, head * Units);
        readout.read(p);
    }

    void reset() override { joined.setZero(); }

    void step(const float* input, float timespan, float* output) {
        joined.template head<Inputs>() = Eigen::Map<const Eigen::Matrix<float, Inputs, 1>>(input);
        if constexpr (Backbone != 0) {
            features.noalias() = backbone.weight * joined + backbone.bias;
            features = 1.7159f * (0.666f * features.array()).tanh();
            sums.noalias() = heads.weight * features + heads.bias;
        } else {
            sums.noalias() = heads.weight * joined + heads.bias;
        }
        auto ff = sums.template head<2 * Units>();
        ff = ff.array().tanh();
        const auto time_a = sums.template segment<Units>(2 * Units).array(), time_b = sums.template tail<Units>().array();
        gate = 1.0f / (1.0f + (-timespan * time_a - time_b).exp());
        joined.template tail<Units>() =
            ff.template head<Units>().array() * (1.0f - gate.array()) + gate.array() * ff.template tail<Units>().array();
        Eigen::Map<Eigen::Matrix<float, Outputs, 1>>(output).noalias() = readout.weight * joined.template tail<Units>() + readout.bias;
    }

    void run(const float* inputs, int length, int first, int steps, float timespan, float* outputs) override {
        for (int at = first; steps > 0; steps--) {
            step(inputs + at * Inputs, timespan, outputs + at * Outputs);
            if (++at == length) at = 0;
        }
    }
};

} // namespace

extern "C" void* network_create(int size, const float* parameters) {
    switch (size) {
        case 0: return static_cast<Network*>(new Dense<19, 8, 0>(parameters));
        case 1: return static_cast<Network*>(new Dense<64, 16, 64>(parameters));
        case 2: return static_cast<Network*>(new Dense<256, 32, 128>(parameters));
        default: return nullptr;
    }
}

extern "C" void network_free(void* network) { delete static_cast<Network*>(network); }

extern "C" void network_reset(void* network) { static_cast<Network*>(network)->reset(); }

extern "C" void network_run(
    void* network, const float* inputs, int length, int first, int steps, float timespan, float* outputs) {
    static_cast<Network*>(network)->run(inputs, length, first, steps, timespan, outputs);
}
