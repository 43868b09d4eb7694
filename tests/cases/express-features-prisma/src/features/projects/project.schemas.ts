import { z } from 'zod';
import { ProjectStatus } from '../../generated/prisma/enums.js';

const text = z.string().refine((value) => !value.includes('\0'), 'must not contain NUL');

export const projectParamsSchema = z.object({ id: z.uuid() });

export const createProjectSchema = z.object({
  code: text.min(1).max(40),
  title: text.min(1).max(200),
  notes: text.max(5000).nullish(),
  status: z.enum(ProjectStatus).optional(),
});

export const updateProjectSchema = createProjectSchema.partial();

export const listProjectsSchema = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  search: text.max(200).optional(),
  sort: z
    .enum(['createdAt', '-createdAt', 'code', '-code', 'title', '-title'])
    .default('-createdAt'),
  status: z.enum(ProjectStatus).optional(),
});

export type CreateProject = z.infer<typeof createProjectSchema>;
export type UpdateProject = z.infer<typeof updateProjectSchema>;
export type ListProjects = z.infer<typeof listProjectsSchema>;
