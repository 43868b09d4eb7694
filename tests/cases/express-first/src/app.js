import express from 'express';
import mongoose from 'mongoose';

const app = express();

app.use(express.json());

app.get('/health', (req, res) => {
  res.json({ ok: true });
});

app.use((req, res) => {
  res.status(404).json({ error: 'not found' });
});

app.use((err, req, res, next) => {
  res.status(500).json({ error: 'oops' });
});

app.listen(3000);
