const express = require('express');

const app = express();
const notes = [];

app.get('/notes', (req, res) => res.json(notes));
app.post('/notes', (req, res) => res.status(201).json(notes.push(req.body)));

app.listen(3000);
