from fastapi import FastAPI

app = FastAPI(title="Fleet")


@app.get("/healthz")
def healthz() -> dict[str, str]:
    return {"status": "ok"}
