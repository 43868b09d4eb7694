import { Router } from 'express';
import { authenticate } from '../../middleware/authenticate.js';
import {
  createProject,
  deleteProject,
  getProject,
  listProjects,
  updateProject,
} from './project.controller.js';

export const projectRouter = Router();

projectRouter.use(authenticate);

projectRouter.post('/', createProject);
projectRouter.get('/', listProjects);
projectRouter.get('/:id', getProject);
projectRouter.put('/:id', updateProject);
projectRouter.delete('/:id', deleteProject);
