import request from 'supertest';
import { beforeEach, describe, expect, it } from 'vitest';
import { app, resetDatabase, signIn } from './helpers.js';

const url = '/api/v1/projects';
const project = { code: 'ridge-7', title: 'Ridge survey' };

interface Project {
  id: string;
  title: string;
}

describe('projects', () => {
  let headers: { Authorization: string };

  beforeEach(async () => {
    await resetDatabase();
    headers = await signIn();
  });

  async function create(fields: object = {}): Promise<Project> {
    const response = await request(app)
      .post(url)
      .set(headers)
      .send({ ...project, ...fields })
      .expect(201);
    return response.body as Project;
  }

  it('are created, changed and deleted', async () => {
    const { id } = await create();

    await request(app).put(`${url}/${id}`).set(headers).send({ title: 'Ridge' }).expect(200);
    const response = await request(app).get(`${url}/${id}`).set(headers).expect(200);
    expect(response.body).toMatchObject({ id, code: 'ridge-7', title: 'Ridge', status: 'draft' });

    await request(app).delete(`${url}/${id}`).set(headers).expect(204);
    await request(app).get(`${url}/${id}`).set(headers).expect(404);
  });

  it('have codes of their own', async () => {
    await create();
    await request(app).post(url).set(headers).send(project).expect(409);
  });

  it('are listed in pages', async () => {
    await create();
    await create({ code: 'ridge-8' });

    const response = await request(app).get(url).query({ limit: 1 }).set(headers).expect(200);
    expect(response.body).toMatchObject({ items: [{ code: 'ridge-8' }], total: 2, pages: 2 });
  });

  it('belong to whoever made them', async () => {
    const { id } = await create();
    const others = await signIn('other@example.com');

    await request(app).get(`${url}/${id}`).set(others).expect(404);
    await request(app).get(`${url}/${id}`).expect(401);
  });

  it('need a title', async () => {
    const response = await request(app).post(url).set(headers).send({ code: 'x' }).expect(422);
    expect(response.body).toMatchObject({ error: { details: [{ path: 'title' }] } });
  });
});
