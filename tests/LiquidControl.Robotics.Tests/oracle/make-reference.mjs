// Reference dynamics of the arms by MuJoCo: 200 random states each, frictionless, no contacts, no joint limits.
//   npm ci && node make-reference.mjs [output folder]
// <arm>.states.json: [{q, qd, tau}]; <arm>.mujoco.json: {armature, results: [{qdd, inverse, mass}]}: forward dynamics under tau,
// inverse dynamics of that qdd, mass matrix. Units: rad, N m, kg m^2. Numbers are JavaScript's shortest that read back to the same double.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import loadMujoco from 'mujoco-js';

const here = path.dirname(fileURLToPath(import.meta.url));
const output = process.argv[2] ?? here;
const stateCount = 200;
const constraintsOff = 1; // mjDSBL_CONSTRAINT

// Rotor inertia behind the gear, N^2 J, of ar4-dc's motors; none for the ideal torque sources of ur5e.
const arms = [
  { name: 'ar4-dc', armature: [[50, 3.0e-5], [50, 3.0e-5], [50, 1.5e-5], [40, 4.0e-6], [40, 4.0e-6], [30, 2.0e-6]].map(([n, j]) => n * n * j) },
  { name: 'ur5e', armature: [0, 0, 0, 0, 0, 0] },
];

// mulberry32: 32-bit integer operations only, so the draw is the same everywhere.
function generator(seed) {
  return (low, high) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return low + (high - low) * (((t ^ (t >>> 14)) >>> 0) / 2 ** 32);
  };
}

const mujoco = await loadMujoco();
mujoco.FS.mkdir('/arms');
mujoco.FS.mount(mujoco.MEMFS, { root: '.' }, '/arms');

for (const [index, arm] of arms.entries()) {
  const urdf = fs.readFileSync(path.join(here, `../../../hardware/arms/${arm.name}/${arm.name}.urdf`), 'utf8');
  const compiler = '<mujoco><compiler discardvisual="true" fusestatic="false" balanceinertia="false"/></mujoco>';
  mujoco.FS.writeFile(`/arms/${arm.name}.urdf`, urdf.replace(/<robot[^>]*>/, (robot) => robot + compiler));
  const model = mujoco.MjModel.loadFromXML(`/arms/${arm.name}.urdf`);
  const n = model.nv;
  model.opt.disableflags |= constraintsOff;
  for (let i = 0; i < n; i++) model.dof_armature[i] = arm.armature[i];
  const data = new mujoco.MjData(model);
  const efforts = [...urdf.matchAll(/effort="([^"]+)"/g)].map((match) => Number(match[1]));
  const uniform = generator(1000 + index);
  const states = [];
  const results = [];
  for (let k = 0; k < stateCount; k++) {
    const q = [], qd = [], tau = [];
    for (let i = 0; i < n; i++) {
      q.push(uniform(model.jnt_range[2 * i], model.jnt_range[2 * i + 1]));
      qd.push(uniform(-3, 3));
      tau.push(uniform(-efforts[i], efforts[i]));
    }
    data.qpos.set(q);
    data.qvel.set(qd);
    data.qfrc_applied.set(tau);
    mujoco.mj_forward(model, data);
    const qdd = [...data.qacc];

    // qM keeps, for each joint, its row from the diagonal down the chain.
    const mass = Array.from({ length: n }, () => new Array(n).fill(0));
    for (let i = 0; i < n; i++) {
      let address = model.dof_Madr[i];
      for (let j = i; j >= 0; j = model.dof_parentid[j]) mass[i][j] = mass[j][i] = data.qM[address++];
    }
    mujoco.mj_inverse(model, data);
    states.push({ q, qd, tau });
    results.push({ qdd, inverse: [...data.qfrc_inverse], mass });
  }
  const lines = (rows) => `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]`;
  fs.writeFileSync(path.join(output, `${arm.name}.states.json`), lines(states) + '\n');
  const head = `"engine":"MuJoCo ${mujoco.mj_versionString?.() ?? '3.3.8'} (mujoco-js 0.0.7)","armature":${JSON.stringify(arm.armature)}`;
  fs.writeFileSync(path.join(output, `${arm.name}.mujoco.json`), `{${head},"results":${lines(results)}}\n`);
  console.log(`${arm.name}: ${stateCount} states`);
  data.delete();
  model.delete();
}
