import { Prisma, type Project } from '../../generated/prisma/client.js';
import { ConflictError, NotFoundError } from '../../lib/errors.js';
import { prisma } from '../../lib/prisma.js';
import type { CreateProject, ListProjects, UpdateProject } from './project.schemas.js';

export async function createProject(ownerId: string, data: CreateProject): Promise<Project> {
  try {
    return await prisma.project.create({ data: { ...data, ownerId } });
  } catch (error) {
    throw translate(error);
  }
}

export async function listProjects(
  ownerId: string,
  { page, limit, search, sort, status }: ListProjects,
): Promise<[Project[], number]> {
  const where: Prisma.ProjectWhereInput = { ownerId, status };
  if (search) {
    const contains = search.replace(/[\\%_]/g, '\\$&');
    where.OR = [
      { code: { contains, mode: 'insensitive' } },
      { title: { contains, mode: 'insensitive' } },
    ];
  }
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  return prisma.$transaction([
    prisma.project.findMany({
      where,
      orderBy: [{ [sort.replace('-', '')]: direction }, { id: direction }],
      skip: (page - 1) * limit,
      take: limit,
    }),
    prisma.project.count({ where }),
  ]);
}

export async function getProject(ownerId: string, id: string): Promise<Project> {
  const project = await prisma.project.findFirst({ where: { id, ownerId } });
  if (!project) {
    throw new NotFoundError('Project not found');
  }
  return project;
}

export async function updateProject(
  ownerId: string,
  id: string,
  data: UpdateProject,
): Promise<Project> {
  try {
    return await prisma.project.update({ where: { id, ownerId }, data });
  } catch (error) {
    throw translate(error);
  }
}

export async function deleteProject(ownerId: string, id: string): Promise<void> {
  try {
    await prisma.project.delete({ where: { id, ownerId } });
  } catch (error) {
    throw translate(error);
  }
}

function translate(error: unknown): unknown {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    switch (error.code) {
      case 'P2002':
        return new ConflictError('A project with this code already exists');
      case 'P2003':
        return new ConflictError('The project is still in use');
      case 'P2025':
        return new NotFoundError('Project not found');
    }
  }
  return error;
}
