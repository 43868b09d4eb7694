from fastapi import FastAPI

app = FastAPI(title="Shop")


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}
