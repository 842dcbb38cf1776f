// The yardstick: a step of a dense CfC written by hand for AVX2 and FMA, at three fixed sizes.
//
// The four heads of 16 neurons share one pass over their input: 64 contiguous weights for each input, eight sums in registers, one
// broadcast. Three left-over neurons (19 = 16 + 3) ride along in two more sums. Constants of the formula are folded into the weights:
// 0.666 of LeCun's tanh into the backbone, its 1.7159 into the heads, and the half of sigmoid(x) = 1/2 + 1/2 tanh(x/2) into the gate.
#include <immintrin.h>
#include <stdint.h>
#include <string.h>

#define INLINE inline __attribute__((always_inline))

namespace {

constexpr int Lanes = 8;
constexpr int Outputs = 4;
constexpr int HeadCount = 4; // ff1, ff2, time_a, time_b
constexpr int BlocksInPanel = 2;
constexpr int Panel = BlocksInPanel * Lanes;
constexpr int PanelRow = HeadCount * Panel;
constexpr int TailNeurons = 4;
constexpr int TailRow = HeadCount * TailNeurons;

// x P3(x^2) / Q4(x^2) on [-8, 8], largest error 4.1e-7.
INLINE __m256 tanh_of(__m256 x) {
    x = _mm256_min_ps(_mm256_max_ps(x, _mm256_set1_ps(-8.0f)), _mm256_set1_ps(8.0f));
    const __m256 u = _mm256_mul_ps(x, x);
    __m256 p = _mm256_fmadd_ps(u, _mm256_set1_ps(1.1310356967442203e-05f), _mm256_set1_ps(0.0029388414695858955f));
    p = _mm256_fmadd_ps(p, u, _mm256_set1_ps(0.12913654744625092f));
    p = _mm256_fmadd_ps(p, u, _mm256_set1_ps(0.9999993443489075f));
    __m256 q = _mm256_fmadd_ps(u, _mm256_set1_ps(2.423880971491599e-07f), _mm256_set1_ps(0.0002370303263887763f));
    q = _mm256_fmadd_ps(q, u, _mm256_set1_ps(0.023763885721564293f));
    q = _mm256_fmadd_ps(q, u, _mm256_set1_ps(0.4624675214290619f));
    q = _mm256_fmadd_ps(q, u, _mm256_set1_ps(1.0f));
    return _mm256_div_ps(_mm256_mul_ps(x, p), q);
}

// The state from the sums of its heads.
INLINE __m256 blend(__m256 ff1, __m256 ff2, __m256 time_a, __m256 time_b, __m256 timespan) {
    const __m256 gate = tanh_of(_mm256_fmadd_ps(time_a, timespan, time_b));
    const __m256 half = _mm256_set1_ps(0.5f);
    const __m256 first = tanh_of(ff1);
    return _mm256_fmadd_ps(_mm256_fmadd_ps(gate, half, half), _mm256_sub_ps(tanh_of(ff2), first), first);
}

INLINE __m128 low(__m256 x) { return _mm256_castps256_ps128(x); }
INLINE __m128 high(__m256 x) { return _mm256_extractf128_ps(x, 1); }

// The same for four neurons, packed [ff1 x 4 | ff2 x 4] and [time_a x 4 | time_b x 4].
INLINE __m128 blend_tail(__m256 ff, __m256 time, __m256 timespan) {
    const __m128 gate = low(tanh_of(_mm256_castps128_ps256(_mm_fmadd_ps(low(time), low(timespan), high(time)))));
    const __m128 half = _mm_set1_ps(0.5f);
    ff = tanh_of(ff);
    return _mm_fmadd_ps(_mm_fmadd_ps(gate, half, half), _mm_sub_ps(high(ff), low(ff)), low(ff));
}

// Sums of Count * 8 rows over Length inputs; the row before the first is the bias.
template <int Count, int Length> INLINE void sums(const float* weights, const float* inputs, __m256* sum) {
    #pragma GCC unroll 10
    for (int i = 0; i < Count; i++) sum[i] = _mm256_load_ps(weights + i * Lanes);
    #pragma GCC unroll 2
    for (int k = 0; k < Length; k++) {
        weights += Count * Lanes;
        const __m256 input = _mm256_broadcast_ss(inputs + k);
        #pragma GCC unroll 10
        for (int i = 0; i < Count; i++) sum[i] = _mm256_fmadd_ps(_mm256_load_ps(weights + i * Lanes), input, sum[i]);
    }
}

struct Network {
    virtual ~Network() = default;
    virtual void reset() = 0;
    virtual void run(const float* inputs, int length, int first, int steps, float timespan, float* outputs) = 0;
};

template <int Units, int Inputs, int Backbone> struct alignas(64) Dense final : Network {
    static constexpr int Joined = Inputs + Units;
    static constexpr int HeadInputs = Backbone ? Backbone : Joined;
    static constexpr bool HasTail = Units % Panel != 0;
    static constexpr int Panels = Units / Panel;
    static constexpr int Row = PanelRow + (HasTail ? TailRow : 0);
    static constexpr int Padded = (Units + Lanes - 1) / Lanes * Lanes;
    static constexpr int BackbonePanels = Backbone / PanelRow;
    static_assert(!HasTail || (Panels == 1 && Units - Panel <= TailNeurons), "at most four neurons beside one panel");
    static_assert(Backbone % PanelRow == 0, "whole panels");

    alignas(64) float backbone[BackbonePanels ? BackbonePanels : 1][Joined + 1][PanelRow] = {};
    alignas(64) float heads[Panels][HeadInputs + 1][Row] = {};
    alignas(64) float readout[Outputs][Padded] = {};
    alignas(64) float readout_bias[Outputs] = {};
    alignas(64) float joined[Inputs + Padded + Lanes] = {}; // input, then state
    alignas(64) float features[Backbone ? Backbone : Lanes] = {};

    // Parameters: backbone, ff1, ff2, time_a, time_b, projection; each weights [out][in], then bias.
    explicit Dense(const float* p) {
        if (Backbone) {
            for (int j = 0; j < Backbone; j++) {
                for (int k = 0; k < Joined; k++) backbone[j / PanelRow][k + 1][j % PanelRow] = 0.666f * p[j * Joined + k];
                backbone[j / PanelRow][0][j % PanelRow] = 0.666f * p[Backbone * Joined + j];
            }
            p += Backbone * (Joined + 1);
        }
        for (int head = 0; head < HeadCount; head++) {
            const float scale = head < 2 ? 1.0f : 0.5f;
            const float input_scale = Backbone ? 1.7159f * scale : scale;
            for (int j = 0; j < Units; j++) {
                for (int k = 0; k < HeadInputs; k++) head_at(head, j, k + 1) = input_scale * p[j * HeadInputs + k];
                head_at(head, j, 0) = scale * p[Units * HeadInputs + j];
            }
            p += Units * (HeadInputs + 1);
        }
        for (int o = 0; o < Outputs; o++) {
            memcpy(readout[o], p + o * Units, sizeof(float) * Units);
            readout_bias[o] = p[Outputs * Units + o];
        }
    }

    float& head_at(int head, int neuron, int row) {
        const int panel = neuron / Panel, within = neuron % Panel;
        if (panel == Panels) return heads[0][row][PanelRow + head * TailNeurons + within];
        return heads[panel][row][(within / Lanes * HeadCount + head) * Lanes + within % Lanes];
    }

    void reset() override { memset(joined, 0, sizeof joined); }

    INLINE void step(const float* input, __m256 timespan, float* output) {
        memcpy(joined, input, sizeof(float) * Inputs);
        const float* source = joined;
        if (Backbone) {
            for (int panel = 0; panel < BackbonePanels; panel++) {
                __m256 sum[8];
                sums<8, Joined>(backbone[panel][0], joined, sum);
                #pragma GCC unroll 8
                for (int i = 0; i < 8; i++) _mm256_store_ps(features + panel * PanelRow + i * Lanes, tanh_of(sum[i]));
            }
            source = features;
        }
        float* state = joined + Inputs;
        for (int panel = 0; panel < Panels; panel++) {
            constexpr int Count = Row / Lanes;
            __m256 sum[Count];
            sums<Count, HeadInputs>(heads[panel][0], source, sum);
            _mm256_storeu_ps(state + panel * Panel, blend(sum[0], sum[1], sum[2], sum[3], timespan));
            _mm256_storeu_ps(state + panel * Panel + Lanes, blend(sum[4], sum[5], sum[6], sum[7], timespan));
            if constexpr (HasTail) _mm_storeu_ps(state + Panel, blend_tail(sum[8], sum[9], timespan));
        }
        read_out(state, output);
    }

    INLINE void read_out(const float* state, float* output) const {
        __m256 sum[Outputs] = {};
        for (int j = 0; j < Padded; j += Lanes) {
            const __m256 x = _mm256_loadu_ps(state + j);
            #pragma GCC unroll 4
            for (int o = 0; o < Outputs; o++) sum[o] = _mm256_fmadd_ps(_mm256_load_ps(readout[o] + j), x, sum[o]);
        }
        const __m256 pairs = _mm256_hadd_ps(_mm256_hadd_ps(sum[0], sum[1]), _mm256_hadd_ps(sum[2], sum[3]));
        _mm_storeu_ps(output, _mm_add_ps(_mm_load_ps(readout_bias), _mm_add_ps(low(pairs), high(pairs))));
    }

    void run(const float* inputs, int length, int first, int steps, float timespan, float* outputs) override {
        const __m256 time = _mm256_set1_ps(timespan);
        for (int at = first; steps > 0; steps--) {
            step(inputs + at * Inputs, time, outputs + at * Outputs);
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

// Steps from input number `first` on, around and around; each output stands where its input stands.
extern "C" void network_run(
    void* network, const float* inputs, int length, int first, int steps, float timespan, float* outputs) {
    static_cast<Network*>(network)->run(inputs, length, first, steps, timespan, outputs);
}
