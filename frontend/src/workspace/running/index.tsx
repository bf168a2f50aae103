/** What only interviewers have to run an interview. Loaded only by those who may. */

export { InterviewersGuide } from "./InterviewersGuide";
export { RunControls } from "./RunControls";
