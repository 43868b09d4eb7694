from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI(title="Notes")


class Note(BaseModel):
    text: str
    done: bool = False


notes: dict[int, Note] = {}


@app.get("/")
def root():
    return {"message": "Hello"}


@app.get("/notes")
def list_notes():
    return notes


@app.post("/notes")
def create_note(note: Note):
    note_id = len(notes) + 1
    notes[note_id] = note
    return {"id": note_id}


@app.get("/notes/{note_id}")
def get_note(note_id: int):
    if note_id not in notes:
        raise HTTPException(404, "no such note")
    return notes[note_id]


if __name__ == "__main__":
    import uvicorn

    uvicorn.run(app)
