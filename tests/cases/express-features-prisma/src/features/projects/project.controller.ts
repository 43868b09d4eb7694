import type { Request, Response } from 'express';
import {
  createProjectSchema,
  listProjectsSchema,
  projectParamsSchema,
  updateProjectSchema,
} from './project.schemas.js';
import * as projectService from './project.service.js';

export async function createProject(req: Request, res: Response): Promise<void> {
  const data = createProjectSchema.parse(req.body);
  const project = await projectService.createProject(req.userId, data);
  res.status(201).location(`${req.baseUrl}/${project.id}`).json(project);
}

export async function listProjects(req: Request, res: Response): Promise<void> {
  const query = listProjectsSchema.parse(req.query);
  const [items, total] = await projectService.listProjects(req.userId, query);
  const { page, limit } = query;
  res.json({ items, page, limit, total, pages: Math.ceil(total / limit) });
}

export async function getProject(req: Request, res: Response): Promise<void> {
  const { id } = projectParamsSchema.parse(req.params);
  res.json(await projectService.getProject(req.userId, id));
}

export async function updateProject(req: Request, res: Response): Promise<void> {
  const { id } = projectParamsSchema.parse(req.params);
  const data = updateProjectSchema.parse(req.body);
  res.json(await projectService.updateProject(req.userId, id, data));
}

export async function deleteProject(req: Request, res: Response): Promise<void> {
  const { id } = projectParamsSchema.parse(req.params);
  await projectService.deleteProject(req.userId, id);
  res.status(204).end();
}
